import { describe, expect, it } from 'vitest'
import { addDays, dayOf, startOfDay, weeksOf } from './dayMath'

describe('calendar days', () => {
  it('begin at the zone’s midnight', () => {
    expect(startOfDay('2026-11-21', 'Asia/Jakarta')).toBe(Date.UTC(2026, 10, 20, 17))
    expect(dayOf(Date.UTC(2026, 10, 20, 17), 'Asia/Jakarta')).toBe('2026-11-21')
  })

  it('are 23 and 25 hours long when clocks change', () => {
    const length = (day: string) => (startOfDay(addDays(day, 1), 'Europe/Berlin') - startOfDay(day, 'Europe/Berlin')) / 3_600_000
    expect(length('2026-03-29')).toBe(23)
    expect(length('2026-10-25')).toBe(25)
  })

  it('fill the weeks of a month, Monday first', () => {
    const weeks = weeksOf('2026-11-01')
    expect(weeks[0]).toEqual([undefined, undefined, undefined, undefined, undefined, undefined, '2026-11-01'])
    expect(weeks.flat().filter((day) => day !== undefined)).toHaveLength(30)
  })
})
