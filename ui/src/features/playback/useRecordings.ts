import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api } from '@/api'
import { firstOfNextMonth } from './month'
import type { TimelineGap, TimelineSpan } from './TimelineCanvas.vue'

/** Coverage is asked for in whole steps, so that panning a little asks for nothing new. */
const STEP_MS = 15 * 60 * 1000
const LIVE_EDGE_MS = 60_000

/** Recorded spans and gaps of one camera around a view. Instants are epoch milliseconds. */
export function useCoverage(camera: MaybeRefOrGetter<string | undefined>, view: MaybeRefOrGetter<{ fromMs: number; untilMs: number }>) {
  const range = computed(() => {
    const { fromMs, untilMs } = toValue(view)
    return { fromMs: Math.floor(fromMs / STEP_MS) * STEP_MS, untilMs: Math.ceil(untilMs / STEP_MS) * STEP_MS }
  })
  const query = useQuery({
    queryKey: computed(() => ['coverage', toValue(camera), range.value.fromMs, range.value.untilMs]),
    queryFn: ({ signal }) => api.coverage(toValue(camera) ?? '', { from: iso(range.value.fromMs), until: iso(range.value.untilMs) }, signal),
    enabled: computed(() => toValue(camera) !== undefined),
    placeholderData: (previous, query) => (query?.queryKey[1] === toValue(camera) ? previous : undefined),
    refetchInterval: computed(() => (range.value.untilMs > Date.now() - LIVE_EDGE_MS ? 5000 : false)),
  })
  const spans = computed<TimelineSpan[]>(() =>
    (query.data.value?.spans ?? []).map((span) => ({ startMs: Date.parse(span.start), endMs: Date.parse(span.end), reasons: span.reasons })),
  )
  const gaps = computed<TimelineGap[]>(() =>
    (query.data.value?.gaps ?? []).map((gap) => ({ startMs: Date.parse(gap.start), endMs: Date.parse(gap.end), cause: gap.cause, detail: gap.detail })),
  )
  return { coverage: query.data, spans, gaps, isLoading: query.isLoading, error: query.error }
}

/** Days with footage of one camera in the zone's calendar. @param month first day, `yyyy-MM-01` */
export function useFootageDays(camera: MaybeRefOrGetter<string | undefined>, month: MaybeRefOrGetter<string>, zone: MaybeRefOrGetter<string>) {
  const query = useQuery({
    queryKey: computed(() => ['days', toValue(camera), toValue(month), toValue(zone)]),
    queryFn: ({ signal }) => api.days(toValue(camera) ?? '', { from: toValue(month), until: firstOfNextMonth(toValue(month)), zone: toValue(zone) }, signal),
    enabled: computed(() => toValue(camera) !== undefined),
  })
  return { days: computed(() => new Map((query.data.value ?? []).map((day) => [day.day, day]))) }
}

export function iso(atMs: number): string {
  return new Date(atMs).toISOString()
}

/** Addresses of the media routes; the session cookie goes with them. */
export function playlistUrl(camera: string, fromMs: number, untilMs: number): string {
  return `${base(camera)}/playback/index.m3u8?from=${iso(fromMs)}&until=${iso(untilMs)}`
}

export function exportUrl(camera: string, fromMs: number, untilMs: number): string {
  return `${base(camera)}/export?from=${iso(fromMs)}&until=${iso(untilMs)}&format=mp4`
}

function base(camera: string): string {
  return `/api/v1/cameras/${encodeURIComponent(camera)}`
}
