import { describe, expect, it } from 'vitest'
import type { Point } from '@/api'
import { isInside, occupancyOf } from './occupancy'

const notched: Point[] = [[0, 0], [1, 0], [1, 1], [0.5, 0.4], [0, 1]]

describe('who is in a zone', () => {
  it('stands in it with the foot', () => {
    const zones = [{ id: 'z1', name: 'Yard', points: notched }, { id: 'z2', name: 'Far', points: [[0.9, 0.9], [1, 0.9], [1, 1]] as Point[] }]
    expect(occupancyOf(zones, [{ box: [0.1, 0.1, 0.3, 0.5] }, { box: [0.4, 0.1, 0.6, 0.8] }])).toEqual({ z1: 1, z2: 0 })
  })

  it('is not in the notch of one', () => {
    expect([isInside(notched, [0.5, 0.3]), isInside(notched, [0.5, 0.6]), isInside([], [0.5, 0.5])]).toEqual([true, false, false])
  })
})
