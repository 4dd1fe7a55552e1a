import { describe, expect, it } from 'vitest'
import { placeOf } from './MomentPlayer'

const at = Date.parse('2026-11-21T07:00:00Z')
const fragment = (atS: number, start: number, duration: number) => ({ start, duration, programDateTime: at + atS * 1000 })

describe('a moment within what is recorded', () => {
  const fragments = [fragment(0, 0, 4), fragment(4, 4, 4), fragment(20, 8, 4)]

  it('begins and ends inside the files that have it', () => {
    expect(placeOf({ fromMs: at + 1500, untilMs: at + 6000 }, fragments)).toEqual({ beginS: 1.5, endS: 6 })
  })

  it('begins with the first picture where that was recorded later, and jumps what is missing', () => {
    expect(placeOf({ fromMs: at - 3000, untilMs: at + 21_000 }, fragments)).toEqual({ beginS: 0, endS: 9 })
  })

  it('is nowhere when only its neighbours were recorded', () => {
    expect(placeOf({ fromMs: at + 9000, untilMs: at + 19_000 }, fragments)).toBeUndefined()
    expect(placeOf({ fromMs: at, untilMs: at + 1000 }, [])).toBeUndefined()
  })
})
