import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { api, type RelayInput, type RelayPatch } from '@/api'

const REFRESH_MS = 2000

/** All relays and what they are doing, kept fresh while it is looked at; administrators only. */
export function useRelays() {
  const query = useQuery({ queryKey: ['relays'], queryFn: ({ signal }) => api.listRelays(signal), refetchInterval: REFRESH_MS })
  return { relays: query.data, isLoading: query.isLoading, error: query.error, refetch: query.refetch }
}

export function useRelayChanges() {
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries({ queryKey: ['relays'] })
  return {
    add: useMutation({ mutationFn: (relay: RelayInput) => api.addRelay(relay), onSettled }),
    change: useMutation({ mutationFn: (change: { relay: string; body: RelayPatch }) => api.changeRelay(change.relay, change.body), onSettled }),
    remove: useMutation({ mutationFn: (relay: string) => api.deleteRelay(relay), onSettled }),
  }
}
