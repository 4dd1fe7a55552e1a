import { describe, expect, it } from 'vitest'
import { LONGEST_VIEW_MS, panBy, SHORTEST_VIEW_MS, tickStep, ticks, timeAt, xOf, zoomAround } from './timelineScale'

const HOUR = 3_600_000
const scale = { fromMs: 0, untilMs: 10 * HOUR, widthPx: 1000 }

describe('the timeline scale', () => {
  it('goes from time to pixel and back', () => {
    expect(xOf(scale, 5 * HOUR)).toBe(500)
    expect(timeAt(scale, 250)).toBe(2.5 * HOUR)
  })

  it('keeps the instant under the pointer when zooming', () => {
    const zoomed = zoomAround(scale, 300, 0.25)
    expect(timeAt(zoomed, 300)).toBeCloseTo(3 * HOUR)
    expect(zoomed.untilMs - zoomed.fromMs).toBeCloseTo(2.5 * HOUR)
  })

  it('zooms from five seconds to a year and no further', () => {
    expect(length(zoomAround(scale, 0, 1e-9))).toBe(SHORTEST_VIEW_MS)
    expect(length(zoomAround(scale, 0, 1e9))).toBe(LONGEST_VIEW_MS)
  })

  it('pans with the hand: dragging right shows earlier time', () => {
    expect(panBy(scale, 100).fromMs).toBe(-HOUR)
  })

  it('labels at readable distances, aligned to the midnight of the zone', () => {
    expect(tickStep(scale, 80)).toBe(HOUR)
    const day = { fromMs: Date.UTC(2026, 10, 21), untilMs: Date.UTC(2026, 10, 22), widthPx: 400 }
    const step = tickStep(day, 80)
    const first = ticks(day, step, 7 * HOUR)[0] ?? 0
    expect((first + 7 * HOUR) % step).toBe(0)
  })
})

function length(view: { fromMs: number; untilMs: number }): number {
  return view.untilMs - view.fromMs
}
