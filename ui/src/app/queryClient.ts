import { QueryClient } from '@tanstack/vue-query'
import { ApiProblem } from '@/api'

/** Server state. Facts from the events socket keep it fresh; polling is the fall-back. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // What the server refused it will refuse again; only silence is worth another try.
        retry: (failures, error) => failures < 2 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
      },
      mutations: { retry: false },
    },
  })
}
