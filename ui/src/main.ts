import { VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { whenSignedOut } from '@/api/http'
import App from '@/app/App.vue'
import { makeQueryClient } from '@/app/queryClient'
import { makeRouter } from '@/app/router'
import { i18n, preferredLanguage, useLanguage } from '@/i18n'
import { useSession } from '@/session/useSession'
import '@/theme/tokens.css'
import '@/theme/base.css'
import '@/theme/element.css'

const app = createApp(App)
const queryClient = makeQueryClient()
app.use(createPinia()).use(i18n).use(VueQueryPlugin, { queryClient })

const router = makeRouter()
const session = useSession()
whenSignedOut(() => {
  if (!session.me) return
  session.expire()
  queryClient.clear()
  void router.push({ name: 'signIn', query: { to: router.currentRoute.value.fullPath, ended: '1' } })
})

void useLanguage(preferredLanguage()).then(() => {
  app.use(router).mount('#app')
})
