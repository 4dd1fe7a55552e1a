import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { ApiProblem, api, type Me, type SetupInput } from '@/api'
import { chosenLanguage, rememberLanguage, useLanguage, type Language } from '@/i18n'

/** Who is signed in. `me` is undefined until the server was asked, null when nobody is. */
export const useSession = defineStore('session', () => {
  const me = ref<Me | null>()
  const setupNeeded = ref(false)
  const isAdministrator = computed(() => me.value?.role === 'administrator')

  /** Asks the server once; later calls answer at once. @throws ApiProblem when the server cannot be asked. */
  async function load(): Promise<void> {
    if (me.value !== undefined) return
    try {
      await accept(await api.me())
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.status !== 401) throw problem
      setupNeeded.value = (await api.setupState()).needed
      me.value = null
    }
  }

  async function accept(user: Me) {
    me.value = user
    setupNeeded.value = false
    await useLanguage(chosenLanguage() ?? user.language)
  }

  async function signIn(username: string, password: string) {
    await accept(await api.signIn({ username, password }))
  }

  async function setUp(input: SetupInput) {
    await accept(await api.setUp(input))
  }

  async function signOut() {
    await api.signOut()
    me.value = null
  }

  /** Switches the texts, and remembers the choice for the user where the server allows it. */
  async function chooseLanguage(language: Language) {
    rememberLanguage(language)
    await useLanguage(language)
    const user = me.value
    if (!user) return
    me.value = { ...user, language }
    if (user.role !== 'administrator') return
    await api.changeUser(user.username, { language }).catch(() => undefined)
  }

  /** The server ended the session. */
  function expire() {
    me.value = null
  }

  return { me, setupNeeded, isAdministrator, load, signIn, setUp, signOut, chooseLanguage, expire }
})
