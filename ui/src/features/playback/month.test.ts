import { describe, expect, it } from 'vitest'
import { addDays, firstOfNextMonth, weeksOf } from './month'

describe('a month', () => {
  it('fills whole weeks, Monday first', () => {
    const weeks = weeksOf('2026-11-21')
    expect(weeks[0]).toEqual([undefined, undefined, undefined, undefined, undefined, undefined, '2026-11-01'])
    expect(weeks.flat().filter((day) => day !== undefined)).toHaveLength(30)
    expect(weeks.every((week) => week.length === 7)).toBe(true)
  })

  it('ends where the next one begins, also in leap years', () => {
    expect(firstOfNextMonth('2026-12-31')).toBe('2027-01-01')
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
  })
})
