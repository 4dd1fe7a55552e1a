import { describe, expect, it } from 'vitest'
import { columnsOf, layoutFor, pageCount, pageOf } from './gridLayout'

describe('the live grid', () => {
  it('takes the smallest layout that holds all cameras', () => {
    expect([0, 1, 2, 4, 5, 9, 10, 64].map(layoutFor)).toEqual([1, 1, 4, 4, 9, 9, 16, 16])
  })

  it('is square', () => {
    expect([1, 4, 9, 16].map((layout) => columnsOf(layout as 1 | 4 | 9 | 16))).toEqual([1, 2, 3, 4])
  })

  it('pages through more cameras than it has tiles', () => {
    expect(pageCount(10, 4)).toBe(3)
    expect(pageOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 4, 2)).toEqual([9, 10])
    expect(pageCount(0, 4)).toBe(1)
  })
})
