import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** The browser's clock, in epoch milliseconds, renewed every `everyMs` while the component lives. */
export function useNow(everyMs: number): Readonly<Ref<number>> {
  const now = ref(Date.now())
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    timer = setInterval(() => (now.value = Date.now()), everyMs)
  })
  onBeforeUnmount(() => clearInterval(timer))
  return now
}
