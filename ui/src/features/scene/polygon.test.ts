import { describe, expect, it } from 'vitest'
import type { Point } from '@/api'
import { areaOf, crossesOpen, flawOf } from './polygon'

const square: Point[] = [[0.1, 0.1], [0.5, 0.1], [0.5, 0.5], [0.1, 0.5]]
const bow: Point[] = [[0.1, 0.1], [0.5, 0.5], [0.5, 0.1], [0.1, 0.5]]

describe('a polygon', () => {
  it('is fine when its edges meet at corners alone', () => {
    expect(flawOf('zone', square)).toBeUndefined()
    expect(flawOf('hidden', [[0.1, 0.1], [0.9, 0.1], [0.5, 0.3], [0.9, 0.9], [0.1, 0.9]])).toBeUndefined()
    expect(areaOf(square)).toBeCloseTo(0.16)
  })

  it('is refused when it crosses itself, touches itself or has a corner twice', () => {
    expect(flawOf('zone', bow)).toBe('crossing')
    expect(flawOf('zone', [[0, 0], [0.4, 0], [0.4, 0.4], [0.2, 0], [0, 0.4]])).toBe('crossing')
    expect(flawOf('zone', [...square, [0.1, 0.5]])).toBe('crossing')
  })

  it('is refused when nothing is in it', () => {
    expect(flawOf('ignored', square.slice(0, 2))).toBe('tooFew')
    expect(flawOf('ignored', [[0.1, 0.1], [0.3, 0.1], [0.2, 0.1]])).toBe('empty')
    expect(flawOf('ignored', [[0.1, 0.1], [0.11, 0.1], [0.1, 0.11]])).toBe('empty')
  })

  it('says so while it is drawn', () => {
    expect(crossesOpen(bow.slice(0, 3), [0.1, 0.5])).toBe(true)
    expect(crossesOpen(square.slice(0, 3), [0.1, 0.5])).toBe(false)
    expect(crossesOpen([], [0.1, 0.5])).toBe(false)
  })
})

describe('a line', () => {
  it('has two ends apart from each other', () => {
    expect(flawOf('line', [[0.1, 0.5], [0.9, 0.5]])).toBeUndefined()
    expect(flawOf('line', [[0.1, 0.5]])).toBe('short')
    expect(flawOf('line', [[0.1, 0.5], [0.1, 0.505]])).toBe('short')
  })
})
