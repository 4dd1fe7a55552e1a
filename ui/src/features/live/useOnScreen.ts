import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** A tab that is left for a moment goes on playing, so that nothing has to begin again. */
const LEFT_MS = 30_000

/** Whether somebody can see an element: it lies within a screen's height of the visible part, and its page was not left for long. */
export function useOnScreen(element: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<boolean>> {
  const onScreen = ref(true)
  let near = true
  let left = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const tell = () => (onScreen.value = near && !left)

  const observer = new IntersectionObserver(
    (entries) => {
      near = entries.at(-1)?.isIntersecting ?? true
      tell()
    },
    { rootMargin: '100% 0px', scrollMargin: '100% 0px' }, // the phone's column scrolls inside the page
  )
  function onVisibility() {
    clearTimeout(timer)
    if (document.hidden) {
      timer = setTimeout(() => {
        left = true
        tell()
      }, LEFT_MS)
    } else {
      left = false
      tell()
    }
  }
  onMounted(() => {
    if (element.value) observer.observe(element.value)
    document.addEventListener('visibilitychange', onVisibility)
  })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    observer.disconnect()
    document.removeEventListener('visibilitychange', onVisibility)
  })
  return onScreen
}
