import { defineStore } from 'pinia'
import { ref } from 'vue'
import { WISHES, type Wish } from './ways/choice'

const KEY = 'pantau.live.way'

/** How this browser is to play live pictures: the way its user fixed, else the best. Kept in local storage. */
export const useWayWish = defineStore('live-way', () => {
  const wish = ref<Wish>(kept())

  function choose(next: Wish) {
    wish.value = next
    try {
      localStorage.setItem(KEY, next)
    } catch {
      // Storage may be blocked: the choice then lasts until the page is left.
    }
  }

  return { wish, choose }
})

function kept(): Wish {
  try {
    return WISHES.find((one) => one === localStorage.getItem(KEY)) ?? 'auto'
  } catch {
    return 'auto'
  }
}
