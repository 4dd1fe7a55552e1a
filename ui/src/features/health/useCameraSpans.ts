import { useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api } from '@/api'

/** The recorded spans of one camera; asked for only when wanted. */
export function useCameraSpans(camera: MaybeRefOrGetter<string>, range: MaybeRefOrGetter<{ from: string; until: string }>, wanted: MaybeRefOrGetter<boolean>) {
  const query = useQuery({
    queryKey: ['coverage', () => toValue(camera), () => toValue(range)],
    queryFn: ({ signal }) => api.coverage(toValue(camera), toValue(range), signal),
    enabled: () => toValue(wanted),
    staleTime: 60_000,
  })
  return { coverage: query.data }
}
