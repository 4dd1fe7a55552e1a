import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useNow } from './useNow'
import { useZone } from './useZone'
import { startOfDay } from './zones'

export const PRESETS = ['hour', 'today', 'yesterday', 'week'] as const
export type Preset = (typeof PRESETS)[number]
/** Epoch milliseconds; `untilMs` is exclusive. */
export type TimeRange = { fromMs: number; untilMs: number }

/** What a preset means at an instant, in calendar days of the zone. */
export function presetRange(preset: Preset, zone: string, nowMs: number): TimeRange {
  switch (preset) {
    case 'hour':
      return { fromMs: nowMs - 3_600_000, untilMs: nowMs }
    case 'today':
      return { fromMs: startOfDay(zone, nowMs), untilMs: startOfDay(zone, nowMs, 1) }
    case 'yesterday':
      return { fromMs: startOfDay(zone, nowMs, -1), untilMs: startOfDay(zone, nowMs) }
    case 'week':
      return { fromMs: startOfDay(zone, nowMs, -6), untilMs: startOfDay(zone, nowMs, 1) }
  }
}

function isPreset(value: unknown): value is Preset {
  return PRESETS.includes(value as Preset)
}

/**
 * The time range of a page, kept in the URL: `?range=today`, or `?from=…&until=…` in RFC 3339. A link shows what its
 * sender saw; a preset moves on with the clock.
 */
export function useTimeRange(initial: Preset = 'today') {
  const route = useRoute()
  const router = useRouter()
  const zone = useZone()
  const now = useNow(60_000)

  const custom = computed<TimeRange | undefined>(() => {
    const fromMs = Date.parse(String(route.query.from ?? ''))
    const untilMs = Date.parse(String(route.query.until ?? ''))
    return fromMs < untilMs ? { fromMs, untilMs } : undefined
  })
  const preset = computed<Preset | undefined>(() => (custom.value ? undefined : isPreset(route.query.range) ? route.query.range : initial))
  const range = computed<TimeRange>(() => custom.value ?? presetRange(preset.value ?? initial, zone.value, now.value))

  function choosePreset(next: Preset) {
    void router.replace({ query: { ...route.query, range: next, from: undefined, until: undefined } })
  }
  function chooseRange(next: TimeRange) {
    void router.replace({
      query: { ...route.query, range: undefined, from: new Date(next.fromMs).toISOString(), until: new Date(next.untilMs).toISOString() },
    })
  }
  return { range, preset, choosePreset, chooseRange }
}
