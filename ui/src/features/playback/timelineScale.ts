/** Maps wall clock to pixels on the timeline. All instants are epoch milliseconds. */
export type TimelineScale = { fromMs: number; untilMs: number; widthPx: number }

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export const SHORTEST_VIEW_MS = 5 * SECOND
export const LONGEST_VIEW_MS = 366 * DAY

export function xOf(scale: TimelineScale, atMs: number): number {
  return ((atMs - scale.fromMs) / (scale.untilMs - scale.fromMs)) * scale.widthPx
}

export function timeAt(scale: TimelineScale, xPx: number): number {
  return scale.fromMs + (xPx / scale.widthPx) * (scale.untilMs - scale.fromMs)
}

/** Zooms so that the instant under the pointer stays under it. `factor` below 1 shows less time. */
export function zoomAround(scale: TimelineScale, xPx: number, factor: number): TimelineScale {
  const at = timeAt(scale, xPx)
  const length = scale.untilMs - scale.fromMs
  const next = Math.min(LONGEST_VIEW_MS, Math.max(SHORTEST_VIEW_MS, length * factor))
  const share = xPx / scale.widthPx
  return { ...scale, fromMs: at - next * share, untilMs: at + next * (1 - share) }
}

export function panBy(scale: TimelineScale, dxPx: number): TimelineScale {
  const shift = (-dxPx / scale.widthPx) * (scale.untilMs - scale.fromMs)
  return { ...scale, fromMs: scale.fromMs + shift, untilMs: scale.untilMs + shift }
}

const STEPS = [
  SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND,
  MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 7 * DAY, 30 * DAY,
]

/** The step between labelled ticks so that labels are at least `minPx` apart. */
export function tickStep(scale: TimelineScale, minPx: number): number {
  const msPerPx = (scale.untilMs - scale.fromMs) / scale.widthPx
  return STEPS.find((step) => step / msPerPx >= minPx) ?? 30 * DAY
}

/**
 * Instants of the ticks in view, aligned to the zone's midnight.
 * @param offsetMs of the zone from UTC at the start of the view
 */
export function ticks(scale: TimelineScale, stepMs: number, offsetMs: number): number[] {
  const first = Math.ceil((scale.fromMs + offsetMs) / stepMs) * stepMs - offsetMs
  const result: number[] = []
  for (let at = first; at <= scale.untilMs; at += stepMs) result.push(at)
  return result
}
