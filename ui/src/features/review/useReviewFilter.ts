import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { EVENT_TYPES } from '@/api'
import { useTimeRange } from '@/shared/useTimeRange'
import type { Filter } from './moments'

export type Part = 'camera' | 'type' | 'class'

/** What the wall shows, kept in the URL: `?camera=gate&class=car&class=bus&range=today&show=all`. */
export function useReviewFilter() {
  const route = useRoute()
  const router = useRouter()
  const { range, preset, choosePreset, chooseRange } = useTimeRange('week')

  const listOf = (part: Part) => [route.query[part] ?? []].flat().filter((one): one is string => typeof one === 'string' && one !== '')
  const filter = computed<Filter>(() => ({
    camera: listOf('camera'),
    type: listOf('type').filter((one) => (EVENT_TYPES as readonly string[]).includes(one)),
    class: listOf('class'),
    ...range.value,
  }))
  /** Also what was seen already. */
  const all = computed(() => route.query.show === 'all')
  const isNarrow = computed(() => filter.value.camera.length + filter.value.type.length + filter.value.class.length > 0)

  const replace = (query: Record<string, string | string[] | undefined>) => void router.replace({ query: { ...route.query, ...query } })
  return {
    filter,
    all,
    isNarrow,
    range,
    preset,
    choosePreset,
    chooseRange,
    choose: (part: Part, wanted: string[]) => replace({ [part]: wanted }),
    showAll: (on: boolean) => replace({ show: on ? 'all' : undefined }),
    widen: () => replace({ camera: undefined, type: undefined, class: undefined }),
  }
}
