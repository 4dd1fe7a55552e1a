import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { api, type Settings } from '@/api'
import { useSession } from '@/session/useSession'

/** The site's settings, and how to change them; administrators only. */
export function useSettings() {
  const queries = useQueryClient()
  const session = useSession()
  const query = useQuery({ queryKey: ['settings'], queryFn: ({ signal }) => api.settings(signal) })
  const change = useMutation({
    mutationFn: (settings: Partial<Settings>) => api.changeSettings(settings),
    onSuccess: (settings) => {
      queries.setQueryData(['settings'], settings)
      if (session.me) session.me = { ...session.me, zone: settings.zone }
    },
  })
  return { settings: query.data, isLoading: query.isLoading, error: query.error, refetch: query.refetch, change }
}
