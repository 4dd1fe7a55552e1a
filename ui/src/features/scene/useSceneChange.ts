import { useMutation, useQueryClient } from '@tanstack/vue-query'
import { api, type Vision } from '@/api'

/** Stores what changed of a camera's scene; the cameras are asked for anew. */
export function useSceneChange() {
  const queries = useQueryClient()
  const mutation = useMutation({
    mutationFn: ({ id, vision }: { id: string; vision: Partial<Vision> }) => api.changeCamera(id, { vision }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['cameras'] }),
  })
  return { save: mutation.mutateAsync, isSaving: mutation.isPending, error: mutation.error }
}
