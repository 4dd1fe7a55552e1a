import { describe, expect, it } from 'vitest'
import { presetRange } from './useTimeRange'
import { isoDay, startOfDay, wallTime, zoneShortName } from './zones'

const utc = (text: string) => Date.parse(text)

describe('zones', () => {
  it('begin the day at local midnight', () => {
    expect(startOfDay('Asia/Jakarta', utc('2026-11-20T18:30:00Z'))).toBe(utc('2026-11-20T17:00:00Z'))
    expect(startOfDay('Asia/Jayapura', utc('2026-11-20T18:30:00Z'), -1)).toBe(utc('2026-11-19T15:00:00Z'))
  })

  it('have days of 23 and 25 hours where the clocks change', () => {
    const length = (day: string) => {
      const { fromMs, untilMs } = presetRange('today', 'Europe/Berlin', utc(day))
      return (untilMs - fromMs) / 3_600_000
    }
    expect(length('2026-03-29T10:00:00Z')).toBe(23)
    expect(length('2026-10-25T10:00:00Z')).toBe(25)
  })

  it('turn wall-clock times into instants', () => {
    expect(wallTime('Asia/Makassar', 2026, 1, 1, 8, 30)).toBe(utc('2026-01-01T00:30:00Z'))
    expect(isoDay('Asia/Makassar', utc('2025-12-31T16:00:00Z'))).toBe('2026-01-01')
  })

  it('are called as people call them', () => {
    expect(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'].map((zone) => zoneShortName(zone, 0, 'en'))).toEqual(['WIB', 'WITA', 'WIT'])
  })
})
