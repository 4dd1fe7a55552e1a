import { describe, expect, it } from 'vitest'
import type { Gap, GapCause } from '@/api'
import { cells, needsSpans, stretches } from './coverage'

const HOUR = 3_600_000
const at = (hour: number) => new Date(hour * HOUR).toISOString()
const gap = (from: number, until: number, cause: GapCause): Gap => ({ start: at(from), end: at(until), cause })
const day = { fromMs: 0, untilMs: 24 * HOUR }

describe('the coverage bar', () => {
  it('is whole: recorded, gap, recorded, then what lies ahead', () => {
    const bar = stretches(day, 12 * HOUR, [gap(2, 3, 'NETWORK')], undefined, 60_000)
    expect(bar.map((part) => [part.kind, part.startMs / HOUR, part.endMs / HOUR])).toEqual([
      ['recorded', 0, 2], ['gap', 2, 3], ['recorded', 3, 12], ['ahead', 12, 24],
    ])
  })

  it('draws a camera added at noon as not wanted before', () => {
    const spans = [{ start: at(12), end: at(18), reasons: ['continuous'], sizeBytes: 1 }]
    expect(needsSpans(day, 18 * HOUR, 6 * HOUR, [])).toBe(true)
    expect(stretches(day, 18 * HOUR, [], spans, 0).map((part) => part.kind)).toEqual(['unwanted', 'recorded', 'ahead'])
  })

  it('asks for spans only when the figures do not add up', () => {
    expect(needsSpans(day, 12 * HOUR, 12 * HOUR, [])).toBe(false)
    expect(needsSpans(day, 12 * HOUR, 10 * HOUR, [gap(1, 3, 'POLICY')])).toBe(false)
  })

  it('draws many short gaps as one and counts them', () => {
    const bar = stretches(day, 24 * HOUR, [gap(1, 1.01, 'NETWORK'), gap(1.02, 1.03, 'CAMERA')], undefined, HOUR / 10)
    expect(bar.filter((part) => part.kind === 'gap')).toMatchObject([{ count: 2, causes: ['NETWORK', 'CAMERA'] }])
  })

  it('cuts gaps at the ends of the range', () => {
    const bar = stretches(day, 24 * HOUR, [gap(-5, 1, 'RESTART'), gap(23, 30, 'DISK')], undefined, 0)
    expect(bar.map((part) => [part.startMs / HOUR, part.endMs / HOUR])).toEqual([[0, 1], [1, 23], [23, 24]])
  })
})

describe('the heat map', () => {
  const edges = [0, 1, 2, 3].map((hour) => hour * HOUR)

  it('gives each hour its share and its worst cause', () => {
    const bar = stretches({ fromMs: 0, untilMs: 3 * HOUR }, 3 * HOUR, [gap(1.5, 2, 'CAMERA')], undefined, 0)
    expect(cells(bar, edges).map((cell) => cell.share)).toEqual([1, 0.5, 1])
    expect(cells(bar, edges)[1]?.cause).toBe('CAMERA')
  })

  it('counts neither switched-off hours nor hours ahead', () => {
    const bar = stretches({ fromMs: 0, untilMs: 3 * HOUR }, 2 * HOUR, [gap(0, 1, 'POLICY')], undefined, 0)
    expect(cells(bar, edges).map((cell) => cell.share)).toEqual([undefined, 1, undefined])
  })
})
