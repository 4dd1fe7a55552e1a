import { defineStore } from 'pinia'
import { ref } from 'vue'

const KEY = 'pantau.live.overlay'

type Choice = { all: boolean; cameras: Record<string, boolean> }

/** Over which cameras' pictures is drawn what is seen, kept in local storage: one answer for the grid, and tiles that differ. */
export const useOverlayChoice = defineStore('live-overlay', () => {
  const choice = ref<Choice>(kept())

  const of = (camera: string): boolean => choice.value.cameras[camera] ?? choice.value.all

  function toggle(camera: string) {
    keep({ ...choice.value, cameras: { ...choice.value.cameras, [camera]: !of(camera) } })
  }

  /** The whole grid; tiles that differed do so no more. */
  function toggleAll() {
    keep({ all: !choice.value.all, cameras: {} })
  }

  function keep(next: Choice) {
    choice.value = next
    try {
      localStorage.setItem(KEY, JSON.stringify(next))
    } catch {
      // Storage may be blocked: the choice then lasts until the page is left.
    }
  }

  return { choice, of, toggle, toggleAll }
})

/** Whatever else lies in the storage is left out; the overlay is on until somebody says otherwise. */
function kept(): Choice {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    const { all, cameras } = { all: true, cameras: {}, ...(read as object) } as Record<string, unknown>
    return { all: all !== false, cameras: Object.fromEntries(Object.entries(cameras ?? {}).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean')) }
  } catch {
    return { all: true, cameras: {} }
  }
}
