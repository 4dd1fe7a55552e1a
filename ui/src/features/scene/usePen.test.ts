import { beforeEach, describe, expect, it } from 'vitest'
import type { Point } from '@/api'
import type { Kind } from './shapes'
import { usePen, type Near, type Pen } from './usePen'

const near: Near = ([x, y], [otherX, otherY]) => Math.hypot(x - otherX, y - otherY) < 0.02

describe('the pen', () => {
  let done: [Kind, Point[]][]
  let pen: Pen
  const draw = (...points: Point[]) => points.forEach((point) => pen.put(point, near))
  beforeEach(() => {
    done = []
    pen = usePen((...drawn) => done.push(drawn))
  })

  it('draws a line with two places', () => {
    pen.begin('line')
    draw([0.1, 0.5], [0.9, 0.5])
    expect(done).toEqual([['line', [[0.1, 0.5], [0.9, 0.5]]]])
    expect(pen.kind.value).toBeUndefined()
  })

  it('refuses a line without length and goes on with its end', () => {
    pen.begin('line')
    draw([0.1, 0.5], [0.1, 0.5])
    expect(pen.flaw.value).toBe('short')
    draw([0.5, 0.5])
    expect(done).toHaveLength(1)
  })

  it('closes an area on its first corner', () => {
    pen.begin('zone')
    draw([0.1, 0.1], [0.5, 0.1], [0.5, 0.5], [0.11, 0.1])
    expect(done).toEqual([['zone', [[0.1, 0.1], [0.5, 0.1], [0.5, 0.5]]]])
  })

  it('takes a double click for one corner, and closes there', () => {
    pen.begin('hidden')
    draw([0.1, 0.1], [0.5, 0.1], [0.5, 0.5], [0.5, 0.5])
    pen.close()
    expect(done[0]?.[1]).toHaveLength(3)
  })

  it('takes no corner whose edge would cross another', () => {
    pen.begin('zone')
    draw([0.1, 0.1], [0.5, 0.5], [0.5, 0.1], [0.1, 0.5])
    expect(pen.flaw.value).toBe('crossing')
    expect(pen.points.value).toHaveLength(3)
    draw([0.4, 0.1])
    expect(pen.flaw.value).toBeUndefined()
  })

  it('does not close what would cross itself or has nothing in it', () => {
    pen.begin('zone')
    draw([0.1, 0.1], [0.5, 0.1])
    pen.close()
    expect(pen.flaw.value).toBe('tooFew')
    draw([0.5, 0.5], [0.3, 0.5], [0.3, 0])
    expect(pen.flaw.value).toBe('crossing')
    pen.back()
    pen.close()
    expect(done[0]?.[1]).toEqual([[0.1, 0.1], [0.5, 0.1], [0.5, 0.5]])
  })

  it('is given up with nothing left behind', () => {
    pen.begin('zone')
    draw([0.1, 0.1])
    pen.cancel()
    draw([0.5, 0.5])
    expect([pen.kind.value, pen.points.value, done]).toEqual([undefined, [], []])
  })
})
