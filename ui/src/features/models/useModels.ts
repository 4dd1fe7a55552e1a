import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { api, type Model } from '@/api'

const REFRESH_MS = 1000

/** Whether the server is fetching it now. */
export const isFetching = (model: Model) => model.fetch !== undefined && model.fetch.failure === undefined

/** The models of the server and of its catalogue, kept fresh while one is being fetched; administrators only. */
export function useModels() {
  const query = useQuery({
    queryKey: ['models'],
    queryFn: ({ signal }) => api.listModels(signal),
    refetchInterval: ({ state }) => (state.data?.some(isFetching) ? REFRESH_MS : false),
  })
  return { models: query.data, isLoading: query.isLoading, error: query.error, refetch: query.refetch }
}

export function useModelChanges() {
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries({ queryKey: ['models'] })
  return {
    pull: useMutation({ mutationFn: (model: string) => api.pullModel(model), onSettled }),
    bring: useMutation({ mutationFn: (given: { file: File; descriptor?: File }) => bring(given), onSettled }),
    remove: useMutation({ mutationFn: (model: string) => api.deleteModel(model), onSettled }),
  }
}

async function bring({ file, descriptor }: { file: File; descriptor?: File }) {
  await api.importModel(file, descriptor === undefined ? undefined : compact(await descriptor.text()))
}

/** The descriptor travels in the address, where spaces are dear; what is no JSON is left for the server to refuse. */
export function compact(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json))
  } catch {
    return json
  }
}
