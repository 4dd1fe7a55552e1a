import { useQuery } from '@tanstack/vue-query'
import { type MaybeRefOrGetter, toValue } from 'vue'
import { api } from '@/api'

/** What the signed-in user gives a player in place of their password; asked for when `wanted`, kept nowhere. */
export function useStreamPassword(wanted: MaybeRefOrGetter<boolean>) {
  const { data, error } = useQuery({
    queryKey: ['stream-password'],
    queryFn: ({ signal }) => api.streamPassword(signal),
    enabled: () => toValue(wanted),
    gcTime: 0,
  })
  return { login: data, error }
}
