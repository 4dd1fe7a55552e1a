import { useMutation } from '@tanstack/vue-query'
import { computed, onBeforeUnmount, ref } from 'vue'
import { api, type ProbeInput } from '@/api'
import { useNow } from '@/shared/useNow'

/** The longest the server takes to answer a probe. */
export const PROBE_LIMIT_MS = 20_000

/** Tests an address without saving it. A new test, `cancel()` and leaving the page end the one under way. */
export function useProbe() {
  let abort: AbortController | undefined
  const startedMs = ref(0)
  const now = useNow(200)
  const mutation = useMutation({
    mutationFn: (input: ProbeInput) => {
      abort?.abort()
      abort = new AbortController()
      startedMs.value = Date.now()
      return api.probe(input, abort.signal)
    },
  })
  function cancel() {
    abort?.abort()
    mutation.reset()
  }
  onBeforeUnmount(() => abort?.abort())
  return {
    probe: mutation.mutate,
    result: mutation.data,
    error: mutation.error,
    isProbing: mutation.isPending,
    /** 0..1 of the longest time a probe takes. */
    progress: computed(() => Math.min(1, Math.max(0, now.value - startedMs.value) / PROBE_LIMIT_MS)),
    cancel,
  }
}
