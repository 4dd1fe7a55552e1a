import { defineStore } from 'pinia'
import { ref } from 'vue'

export type Theme = 'light' | 'dark'
const KEY = 'pantau.theme'

/** The colour theme: what this browser chose, else what the system prefers. Kept in local storage. */
export const useTheme = defineStore('theme', () => {
  const theme = ref<Theme>(document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light')

  function choose(next: Theme) {
    theme.value = next
    document.documentElement.dataset.theme = next
    try {
      localStorage.setItem(KEY, next)
    } catch {
      // Storage may be blocked: the choice then lasts until the page is left.
    }
  }

  return { theme, choose, toggle: () => choose(theme.value === 'dark' ? 'light' : 'dark') }
})
