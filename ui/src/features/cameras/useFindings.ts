import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api } from '@/api'
import { useNow } from '@/shared/useNow'

/** The longest the server takes to examine a camera. */
const EXAMINATION_MS = 20_000

/** What the newest examination of each visible camera found, and when the next one begins. */
export function useFindings() {
  const query = useQuery({ queryKey: ['findings'], queryFn: ({ signal }) => api.findings(signal), refetchInterval: 60_000 })
  return { findings: query.data, isLoading: query.isLoading, error: query.error, refetch: query.refetch }
}

/** The same of one camera, and how an administrator has it examined now. */
export function useCameraFindings(id: MaybeRefOrGetter<string>) {
  const queries = useQueryClient()
  const { findings, isLoading, error } = useFindings()
  const now = useNow(200)
  const examination = useMutation({ mutationFn: () => api.examine(toValue(id)), onSettled: () => queries.invalidateQueries({ queryKey: ['findings'] }) })
  return {
    known: computed(() => findings.value?.cameras.find((one) => one.camera === toValue(id))),
    nextAt: computed(() => findings.value?.nextAt),
    isLoading,
    error,
    examine: () => examination.mutate(),
    isExamining: examination.isPending,
    examineError: examination.error,
    /** 0..1 of the longest time an examination takes. */
    progress: computed(() => Math.min(1, Math.max(0, now.value - examination.submittedAt.value) / EXAMINATION_MS)),
  }
}
