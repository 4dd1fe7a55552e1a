import { describe, expect, it } from 'vitest'
import { emptyWeek, moved, paint, runsOf, slotAt, slotTime, weekInput } from './week'

describe('a week', () => {
  it('paints the rectangle between two cells, whichever comes first', () => {
    const week = paint(emptyWeek(), { day: 4, slot: 33 }, { day: 0, slot: 16 }, 'M')
    expect(week.map((day) => runsOf(day))).toEqual([...Array.from({ length: 5 }, () => [{ from: 16, until: 34, value: 'M' }]), [], []])
    expect(week.every((day) => day.length === 48)).toBe(true)
  })

  it('keeps what was painted before where the brush does not go', () => {
    const first = paint(emptyWeek(), { day: 2, slot: 0 }, { day: 2, slot: 47 }, 'C')
    const both = paint(first, { day: 2, slot: 10 }, { day: 2, slot: 11 }, 'X')
    expect(runsOf(both[2] ?? '')).toEqual([
      { from: 0, until: 10, value: 'C' },
      { from: 10, until: 12, value: 'X' },
      { from: 12, until: 48, value: 'C' },
    ])
    expect(slotAt(both, { day: 2, slot: 10 })).toBe('X')
    expect(first[2]).toBe('C'.repeat(48))
  })

  it('that changes nothing is not sent', () => {
    expect(weekInput(emptyWeek())).toBeNull()
    expect(weekInput(paint(emptyWeek(), { day: 6, slot: 47 }, { day: 6, slot: 47 }, 'O'))).toHaveLength(7)
  })

  it('names half hours up to the end of the day', () => {
    expect([0, 17, 47, 48].map(slotTime)).toEqual(['00:00', '08:30', '23:30', '24:00'])
  })

  it('is walked with the arrow keys, as it is drawn, and never left', () => {
    expect(moved({ day: 0, slot: 0 }, 'ArrowRight', true)).toEqual({ day: 0, slot: 1 })
    expect(moved({ day: 0, slot: 0 }, 'ArrowDown', true)).toEqual({ day: 1, slot: 0 })
    expect(moved({ day: 0, slot: 0 }, 'ArrowDown', false)).toEqual({ day: 0, slot: 1 })
    expect(moved({ day: 0, slot: 0 }, 'ArrowUp', true)).toEqual({ day: 0, slot: 0 })
    expect(moved({ day: 3, slot: 9 }, 'End', true)).toEqual({ day: 3, slot: 47 })
    expect(moved({ day: 3, slot: 9 }, 'x', true)).toBeUndefined()
  })
})
