import { skipToken, useInfiniteQuery, useMutation, useQuery } from '@tanstack/vue-query'
import { computed, ref, watch, type Ref } from 'vue'
import { api, type SeenEvent } from '@/api'
import { matches, merged, momentsOf, waiting, type Filter } from './moments'

const PAGE = 60
/** A wall with fewer cards than this asks for more at once: what is filtered here was not at the server. */
const ENOUGH = 12

/** The wall: pages of the past, what comes live, and what was dismissed here. @param all also what was seen before */
export function useMoments(filter: Ref<Filter>, all: Ref<boolean>) {
  const iso = (atMs: number) => new Date(atMs).toISOString()
  const query = useInfiniteQuery({
    queryKey: computed(() => ['events', filter.value]),
    queryFn: ({ pageParam, signal }) => {
      const { fromMs, untilMs, ...lists } = filter.value
      return api.listEvents({ ...lists, from: iso(fromMs), until: iso(untilMs), limit: PAGE, cursor: pageParam }, signal)
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  })
  // The events socket of the frame fills it.
  const live = useQuery<SeenEvent[]>({ queryKey: ['events-live'], queryFn: skipToken })
  const accepted = ref(new Set<string>())
  const dismissed = ref(new Set<string>())

  const arrived = computed(() => (live.data.value ?? []).filter((event) => matches(event, filter.value)))
  const loaded = computed(() => query.data.value?.pages.flatMap(({ events }) => events) ?? [])
  const taken = computed(() => merged(loaded.value, arrived.value.filter(({ id }) => accepted.value.has(id))))
  const pending = computed(() => (query.isSuccess.value ? waiting(arrived.value, taken.value) : []))
  const shown = computed(() => {
    const held = new Set(pending.value.map(({ id }) => id))
    const present = merged(taken.value, arrived.value.filter(({ id }) => !held.has(id)))
    // What was dismissed here keeps its place until the wall is made anew: nothing jumps.
    return present.filter((event) => all.value || !event.seen || dismissed.value.has(event.id)).map((event) => (dismissed.value.has(event.id) ? { ...event, seen: true } : event))
  })
  const moments = computed(() => momentsOf(shown.value))

  watch([() => JSON.stringify(filter.value), all], () => (dismissed.value = new Set()))
  const canLoad = () => query.hasNextPage.value && !query.isFetching.value
  watch([moments, query.isFetching], () => {
    if (moments.value.length < ENOUGH && canLoad()) void query.fetchNextPage()
  })

  const seen = useMutation({
    mutationFn: (ids: string[]) => api.markSeen(ids),
    onMutate: (ids) => void (dismissed.value = new Set([...dismissed.value, ...ids])),
    onError: (_, ids) => void (dismissed.value = new Set([...dismissed.value].filter((id) => !ids.includes(id)))),
  })

  return {
    moments,
    pending,
    accept: () => (accepted.value = new Set([...accepted.value, ...arrived.value.map(({ id }) => id)])),
    dismiss: (ids: string[]) => ids.length > 0 && seen.mutate(ids),
    dismissError: seen.error,
    isLoading: query.isLoading,
    isLoadingMore: query.isFetchingNextPage,
    hasMore: query.hasNextPage,
    loadMore: () => void (canLoad() && query.fetchNextPage()),
    error: query.error,
    retry: query.refetch,
  }
}
