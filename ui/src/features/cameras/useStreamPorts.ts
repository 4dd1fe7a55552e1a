import { useQuery } from '@tanstack/vue-query'
import { api } from '@/api'

/** The ports at which players and encoders find the server; they stay as long as it runs. */
export function useStreamPorts() {
  const query = useQuery({ queryKey: ['streams'], queryFn: ({ signal }) => api.streamPorts(signal), staleTime: 60_000 })
  return { ports: query.data, error: query.error }
}
