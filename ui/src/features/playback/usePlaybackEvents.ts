import { skipToken, useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, type SeenEvent } from '@/api'
import { groupOf, useEventText, type Group } from '@/features/vision'

/** An event on the timeline. Instants are epoch milliseconds. */
export type EventMark = { id: string; startMs: number; endMs: number; group: Group; text: string }

const STEP_MS = 15 * 60 * 1000
const PAGE = 200
/** A view with more events than these pages hold shows the newest of them: a year of a busy road is no row of ticks. */
const MOST_PAGES = 5

/** Events of one camera around a view, oldest first; what happens now is among them. */
export function usePlaybackEvents(camera: MaybeRefOrGetter<string | undefined>, view: MaybeRefOrGetter<{ fromMs: number; untilMs: number }>) {
  const eventText = useEventText()
  const range = computed(() => {
    const { fromMs, untilMs } = toValue(view)
    return { fromMs: Math.floor(fromMs / STEP_MS) * STEP_MS, untilMs: Math.ceil(untilMs / STEP_MS) * STEP_MS }
  })
  const query = useQuery({
    queryKey: computed(() => ['events', 'marks', toValue(camera), range.value]),
    queryFn: ({ signal }) => listAll(toValue(camera) ?? '', range.value, signal),
    enabled: computed(() => toValue(camera) !== undefined),
    placeholderData: (previous, query) => (query?.queryKey[2] === toValue(camera) ? previous : undefined),
    staleTime: 60_000,
    retry: false,
  })
  const live = useQuery<SeenEvent[]>({ queryKey: ['events-live'], queryFn: skipToken })
  const marks = computed<EventMark[]>(() => {
    const events = new Map((query.data.value ?? []).map((event) => [event.id, event]))
    for (const event of live.data.value ?? []) if (event.camera === toValue(camera)) events.set(event.id, event)
    return [...events.values()]
      .map((event) => ({ id: event.id, startMs: Date.parse(event.start), endMs: Date.parse(event.end ?? event.start), group: groupOf(event.label), text: eventText(event) }))
      .sort((a, b) => a.startMs - b.startMs)
  })
  return { marks }
}

/** One event with its path; asked for when it is selected. */
export function usePlaybackEvent(id: MaybeRefOrGetter<string | undefined>) {
  const query = useQuery({
    queryKey: computed(() => ['event', toValue(id)]),
    queryFn: ({ signal }) => api.event(toValue(id) ?? '', signal),
    enabled: computed(() => toValue(id) !== undefined),
    staleTime: 60_000,
  })
  return { detail: computed(() => (toValue(id) === undefined ? undefined : query.data.value)) }
}

async function listAll(camera: string, { fromMs, untilMs }: { fromMs: number; untilMs: number }, signal: AbortSignal): Promise<SeenEvent[]> {
  const found: SeenEvent[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await api.listEvents({ camera: [camera], from: new Date(fromMs).toISOString(), until: new Date(untilMs).toISOString(), limit: PAGE, cursor }, signal)
    found.push(...answer.events)
    cursor = answer.nextCursor
    if (cursor === undefined) break
  }
  return found
}

/** The event after or before the selected one, else after or before the play head. @param marks oldest first */
export function neighbourOf(marks: EventMark[], by: 1 | -1, { atMs, selected }: { atMs: number; selected: string | undefined }): EventMark | undefined {
  const index = marks.findIndex(({ id }) => id === selected)
  if (index >= 0) return marks[index + by]
  return by === 1 ? marks.find(({ startMs }) => startMs > atMs) : marks.findLast(({ startMs }) => startMs < atMs)
}
