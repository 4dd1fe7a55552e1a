import { useMutation } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, type Camera } from '@/api'

/** How long one press records. */
export const RECORD_S = 60

/** Records a camera because somebody wants it now, and ends it; the camera's state says whether it is so. */
export function useRecordNow(camera: MaybeRefOrGetter<Camera>) {
  const asked = computed(() => (toValue(camera).state.recording.reasons ?? []).some((reason) => reason === 'manual' || reason === 'api'))
  const begin = useMutation({ mutationFn: () => api.recordNow(toValue(camera).id, { seconds: RECORD_S }) })
  const end = useMutation({ mutationFn: () => api.endRecordNow(toValue(camera).id) })
  return {
    asked,
    busy: computed(() => begin.isPending.value || end.isPending.value),
    failed: computed(() => begin.error.value ?? end.error.value),
    toggle: () => (asked.value ? end.mutate() : begin.mutate()),
  }
}
