import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { api, type WorkerKey } from '@/api'

const REFRESH_MS = 5000

/** The workers on other machines and the port they come in at; administrators only. */
export function useWorkers() {
  const query = useQuery({ queryKey: ['workers'], queryFn: ({ signal }) => api.listWorkers(signal), refetchInterval: REFRESH_MS })
  return { workers: query.data, isLoading: query.isLoading, error: query.error, refetch: query.refetch }
}

export function useWorkerChanges() {
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries({ queryKey: ['workers'] })
  return {
    add: useMutation({ mutationFn: (given: { name: string; capacity: number }) => api.addWorker(given), onSettled }),
    remove: useMutation({ mutationFn: (name: string) => api.deleteWorker(name), onSettled }),
  }
}

/** What is typed on the worker's machine, beside its key file. */
export function commandOf(key: WorkerKey, host: string): string {
  return `./pantau worker --connect ${host}:${key.port ?? 'PORT'} --name ${key.name} --key ${key.name}.key`
}
