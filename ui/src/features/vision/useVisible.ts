import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** Whether any part of an element is to be seen now. */
export function useVisible(element: Readonly<Ref<HTMLElement | null>>): Readonly<Ref<boolean>> {
  const visible = ref(false)
  let inside = false
  const tell = () => (visible.value = inside && !document.hidden)
  const observer = new IntersectionObserver((entries) => {
    inside = entries.at(-1)?.isIntersecting ?? false
    tell()
  })
  onMounted(() => {
    if (element.value) observer.observe(element.value)
    document.addEventListener('visibilitychange', tell)
  })
  onBeforeUnmount(() => {
    observer.disconnect()
    document.removeEventListener('visibilitychange', tell)
  })
  return visible
}
