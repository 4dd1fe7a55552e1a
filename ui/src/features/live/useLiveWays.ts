import { defineStore } from 'pinia'
import { markRaw, ref } from 'vue'
import { askBrowser } from './ways/abilities'
import { WISHES, type Wish } from './ways/choice'

const KEY = 'pantau.live.way'

/** How this browser plays live pictures: what it is able to, asked once, and the way its user fixed, kept in local storage. */
export const useLiveWays = defineStore('live-ways', () => {
  const abilities = markRaw(askBrowser())
  const wish = ref<Wish>(kept())

  function choose(next: Wish) {
    wish.value = next
    try {
      localStorage.setItem(KEY, next)
    } catch {
      // Storage may be blocked: the choice then lasts until the page is left.
    }
  }

  return { abilities, wish, choose }
})

function kept(): Wish {
  try {
    return WISHES.find((one) => one === localStorage.getItem(KEY)) ?? 'auto'
  } catch {
    return 'auto'
  }
}
