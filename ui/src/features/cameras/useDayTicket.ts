import { useMutation } from '@tanstack/vue-query'
import { api } from '@/api'

const DAY_MS = 24 * 60 * 60 * 1000

/** A ticket that opens one camera's streams for a day, made when somebody asks for it. */
export function useDayTicket() {
  const mutation = useMutation({ mutationFn: (camera: string) => api.ticket(camera, { validMs: DAY_MS }) })
  return { issue: mutation.mutate, issued: mutation.data, isPending: mutation.isPending, error: mutation.error }
}
