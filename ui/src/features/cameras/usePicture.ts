import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, type Picture, type PictureRanges } from '@/api'

/** What a camera's picture has in numbers, in the order in which it is shown. */
export const AMOUNTS = ['brightness', 'contrast', 'colorSaturation', 'sharpness', 'iris'] as const
export type Amount = (typeof AMOUNTS)[number]

/** Those that this camera has, with their range and a step of about a hundredth. */
export function amountsOf(settings: Picture, ranges: PictureRanges): { name: Amount; value: number; min: number; max: number; step: number }[] {
  return AMOUNTS.flatMap((name) => {
    const range = ranges[name]
    const value = settings[name]
    if (range === undefined || value === undefined || value === null || range.max <= range.min) return []
    const length = range.max - range.min
    return [{ name, value: Math.min(range.max, Math.max(range.min, value)), ...range, step: length >= 20 ? 1 : length / 100 }]
  })
}

/** A camera's picture settings, asked of the camera itself once `wanted`; each change takes effect at once. */
export function usePicture(id: MaybeRefOrGetter<string>, wanted: MaybeRefOrGetter<boolean>) {
  const queries = useQueryClient()
  const key = computed(() => ['picture', toValue(id)])
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => api.picture(toValue(id), signal), enabled: () => toValue(wanted), retry: false, staleTime: 0, gcTime: 0 })
  const change = useMutation({
    mutationFn: (picture: Picture) => api.changePicture(toValue(id), picture),
    onSuccess: (now) => queries.setQueryData(key.value, now),
  })
  return { picture: query.data, isLoading: query.isFetching, error: query.error, change: change.mutate, isChanging: change.isPending, changeError: change.error }
}
