import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, type Camera, type CameraInput, type CameraPatch } from '@/api'

/** All cameras the user may see, by name. Facts of the events socket renew their states in place. */
export function useCameras() {
  const query = useQuery({ queryKey: ['cameras'], queryFn: ({ signal }) => api.listCameras(signal), refetchInterval: 30_000 })
  return { cameras: query.data, isLoading: query.isLoading, error: query.error, refetch: query.refetch }
}

/** One camera out of the list; undefined while loading, or when there is none such. */
export function useCamera(id: MaybeRefOrGetter<string | undefined>) {
  const { cameras, isLoading, error } = useCameras()
  return { camera: computed<Camera | undefined>(() => cameras.value?.find((camera) => camera.id === toValue(id))), isLoading, error }
}

/** The changes an administrator makes to cameras. Each refreshes the list. */
export function useCameraChanges() {
  const queries = useQueryClient()
  const onSettled = () => Promise.all([queries.invalidateQueries({ queryKey: ['cameras'] }), queries.invalidateQueries({ queryKey: ['health'] })])
  return {
    add: useMutation({ mutationFn: (camera: CameraInput) => api.addCamera(camera), onSettled }),
    change: useMutation({ mutationFn: (change: { id: string; camera: CameraPatch }) => api.changeCamera(change.id, change.camera), onSettled }),
    remove: useMutation({ mutationFn: (camera: { id: string; recordings: 'keep' | 'delete' }) => api.deleteCamera(camera.id, camera.recordings), onSettled }),
    newKey: useMutation({ mutationFn: (id: string) => api.newStreamKey(id), onSettled }),
    restart: useMutation({ mutationFn: (id: string) => api.restartCamera(id), onSettled }),
    /** Restarts the device itself. */
    reboot: useMutation({ mutationFn: (id: string) => api.rebootDevice(id) }),
  }
}
