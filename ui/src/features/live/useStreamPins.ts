import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { StreamName } from './ways/LivePlayer'

const KEY = 'pantau.live.streams'

/** Which stream the user wants of a camera wherever it is shown, kept in local storage; without a pin the tile chooses by its size. */
export const useStreamPins = defineStore('live-stream-pins', () => {
  const pins = ref<Record<string, StreamName>>(kept())

  const of = (camera: string): StreamName | undefined => pins.value[camera]

  /** Takes the other stream than the one shown; what the tile would choose by itself needs no pin. */
  function toggle(camera: string, shown: StreamName, automatic: StreamName) {
    const next: StreamName = shown === 'main' ? 'sub' : 'main'
    const others = Object.entries(pins.value).filter(([one]) => one !== camera)
    pins.value = Object.fromEntries(next === automatic ? others : [...others, [camera, next]])
    try {
      localStorage.setItem(KEY, JSON.stringify(pins.value))
    } catch {
      // Storage may be blocked: the choice then lasts until the page is left.
    }
  }

  return { of, toggle }
})

/** Whatever else lies in the storage is left out. */
function kept(): Record<string, StreamName> {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return Object.fromEntries(Object.entries(read ?? {}).filter(([, stream]) => stream === 'main' || stream === 'sub'))
  } catch {
    return {}
  }
}
