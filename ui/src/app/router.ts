import { createRouter, createWebHistory, type Router } from 'vue-router'
import { useSession } from '@/session/useSession'
import { i18n } from '@/i18n'
import { modules } from './modules'

export function makeRouter(): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/', redirect: { name: 'live' } },
      ...modules.flatMap((module) => module.routes),
      { path: '/:rest(.*)*', name: 'lost', component: () => import('./LostPage.vue'), meta: { title: 'frame.lost.title' } },
    ],
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  })

  router.beforeEach(async (to) => {
    const session = useSession()
    try {
      await session.load()
    } catch {
      return to.name === 'serverAway' ? true : { name: 'serverAway', query: { to: to.fullPath } }
    }
    if (session.setupNeeded && to.name !== 'setup') return { name: 'setup', query: to.query }
    if (!session.me && to.meta.public !== true) return { name: 'signIn', query: to.path === '/' ? {} : { to: to.fullPath } }
    if (session.me && (to.name === 'signIn' || to.name === 'setup')) return { name: 'live' }
    if (to.meta.administratorOnly === true && !session.isAdministrator) return { name: 'live' }
    return true
  })

  router.afterEach((to) => {
    const title = to.meta.title
    document.title = title === undefined ? 'Pantau' : `${i18n.global.t(title)} · Pantau`
  })
  return router
}
