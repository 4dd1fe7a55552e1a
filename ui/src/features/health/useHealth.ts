import { useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { api } from '@/api'

/** The server's health: disks (administrators), camera counts, open alarms. */
export function useHealth() {
  const query = useQuery({ queryKey: ['health'], queryFn: ({ signal }) => api.health(signal), refetchInterval: 10_000 })
  return { health: query.data, isLoading: query.isLoading, error: query.error, refetch: query.refetch }
}

/** Coverage of every visible camera inside a range of UTC instants. */
export function useCoverageOfAll(range: MaybeRefOrGetter<{ from: string; until: string }>) {
  const query = useQuery({
    queryKey: ['coverageOfAll', () => toValue(range)],
    queryFn: ({ signal }) => api.coverageOfAll(toValue(range), signal),
    refetchInterval: 60_000,
  })
  return { coverage: query.data, isLoading: query.isLoading, error: query.error }
}
