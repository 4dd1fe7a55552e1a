import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { api, type UserPatch, type UserInput } from '@/api'

/** All users; administrators only. */
export function useUsers() {
  const query = useQuery({ queryKey: ['users'], queryFn: ({ signal }) => api.listUsers(signal) })
  return { users: query.data, isLoading: query.isLoading, error: query.error, refetch: query.refetch }
}

export function useUserPatchs() {
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries({ queryKey: ['users'] })
  return {
    add: useMutation({ mutationFn: (user: UserInput) => api.addUser(user), onSettled }),
    change: useMutation({ mutationFn: (change: { username: string; user: UserPatch }) => api.changeUser(change.username, change.user), onSettled }),
    remove: useMutation({ mutationFn: (username: string) => api.deleteUser(username), onSettled }),
  }
}

export function usePasswordChange() {
  return useMutation({ mutationFn: (change: { current: string; next: string }) => api.changePassword(change) })
}
