import { describe, expect, it } from 'vitest'
import { boxIn, containedRect, placeAt, pointIn, sidesOf } from './pictureGeometry'

describe('a picture in its element', () => {
  it('has bars at the sides or above and below', () => {
    expect(containedRect({ widthPx: 1000, heightPx: 450 }, { widthPx: 1920, heightPx: 1080 })).toEqual({ leftPx: 100, topPx: 0, widthPx: 800, heightPx: 450 })
    expect(containedRect({ widthPx: 800, heightPx: 650 }, { widthPx: 1920, heightPx: 1080 })).toEqual({ leftPx: 0, topPx: 100, widthPx: 800, heightPx: 450 })
  })

  it('is nowhere before it has come', () => {
    expect(containedRect({ widthPx: 800, heightPx: 450 }, { widthPx: 0, heightPx: 0 })).toBeUndefined()
    expect(containedRect({ widthPx: 0, heightPx: 0 }, { widthPx: 16, heightPx: 9 })).toBeUndefined()
  })

  it('takes fractions to pixels and back, and keeps what lies outside at its edge', () => {
    const rect = { leftPx: 100, topPx: 0, widthPx: 800, heightPx: 450 }
    expect(pointIn(rect, [0.5, 1])).toEqual([500, 450])
    expect(boxIn(rect, [0.25, 0, 0.5, 0.5])).toEqual({ x: 300, y: 0, width: 200, height: 225 })
    expect(placeAt(rect, 500, 450)).toEqual([0.5, 1])
    expect(placeAt(rect, 20, 900)).toEqual([0, 1])
  })

  it('has its left where somebody who looks along a line has it', () => {
    expect(sidesOf([0, 0], [10, 0]).left[1]).toBe(-1) // looks to the right: left is up
    expect(sidesOf([0, 10], [0, 0]).left[0]).toBe(-1) // looks up: left is left
    expect(sidesOf([0, 0], [0, 10]).right[0]).toBe(-1) // looks down, towards the viewer: right is left
  })
})
