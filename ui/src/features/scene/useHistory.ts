import { computed, shallowRef } from 'vue'

const MOST_KEPT = 200

/** A value with its past: every change can be undone, and done again until another one is made. Values are not changed in place. */
export function useHistory<T>(first: T) {
  const now = shallowRef(first)
  const past = shallowRef<T[]>([])
  const future = shallowRef<T[]>([])

  function change(next: T) {
    past.value = [...past.value, now.value].slice(-MOST_KEPT)
    future.value = []
    now.value = next
  }
  function undo() {
    const before = past.value.at(-1)
    if (before === undefined) return
    past.value = past.value.slice(0, -1)
    future.value = [now.value, ...future.value]
    now.value = before
  }
  function redo() {
    const [next] = future.value
    if (next === undefined) return
    past.value = [...past.value, now.value]
    future.value = future.value.slice(1)
    now.value = next
  }
  function reset(to: T) {
    past.value = []
    future.value = []
    now.value = to
  }
  return { now, change, undo, redo, reset, canUndo: computed(() => past.value.length > 0), canRedo: computed(() => future.value.length > 0) }
}
