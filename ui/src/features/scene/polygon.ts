import type { Point } from '@/api'
import type { Kind } from './shapes'

/** Why a shape cannot be. */
export type Flaw = 'tooFew' | 'crossing' | 'empty' | 'short'

/** Of the whole picture: less is nothing anybody could stand in. */
const LEAST_AREA = 0.0001
/** Of the picture's width or height. */
const LEAST_LENGTH = 0.01
export const MOST_CORNERS = 64

export function flawOf(kind: Kind, points: Point[]): Flaw | undefined {
  if (kind === 'line') return points.length < 2 || lengthOf(points) < LEAST_LENGTH ? 'short' : undefined
  if (points.length < 3) return 'tooFew'
  if (crossesItself(points)) return 'crossing'
  return areaOf(points) < LEAST_AREA ? 'empty' : undefined
}

/** Whether one more corner would cross what is drawn so far; closing it is asked for with `flawOf`. */
export function crossesOpen(points: Point[], next: Point): boolean {
  const last = points.at(-1)
  if (!last) return false
  return points.slice(0, -2).some((point, index) => meet(point, points[index + 1] ?? point, last, next))
}

/** Of the whole picture, 0..1. */
export function areaOf(points: Point[]): number {
  const twice = points.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = points[(index + 1) % points.length] ?? [x, y]
    return sum + x * nextY - nextX * y
  }, 0)
  return Math.abs(twice) / 2
}

function crossesItself(points: Point[]): boolean {
  const corners = points.length
  const at = (index: number) => points[index % corners] ?? [0, 0]
  for (let one = 0; one < corners; one++) {
    if (isSame(at(one), at(one + 1))) return true // an edge of no length lies on its neighbours
    for (let other = one + 1; other < corners; other++) {
      const neighbours = other === one + 1 || (one === 0 && other === corners - 1)
      if (!neighbours && meet(at(one), at(one + 1), at(other), at(other + 1))) return true
    }
  }
  return false
}

function lengthOf([a = [0, 0], b = [0, 0]]: Point[]): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1])
}

function isSame(one: Point, other: Point): boolean {
  return one[0] === other[0] && one[1] === other[1]
}

/** Whether two stretches have a point in common. */
function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  const sides = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)] as const
  if (sides[0] !== sides[1] && sides[2] !== sides[3]) return true
  return (sides[0] === 0 && lies(a, b, c)) || (sides[1] === 0 && lies(a, b, d)) || (sides[2] === 0 && lies(c, d, a)) || (sides[3] === 0 && lies(c, d, b))
}

function turn(a: Point, b: Point, c: Point): number {
  const cross = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
  return Math.abs(cross) < 1e-12 ? 0 : Math.sign(cross)
}

/** Whether `c`, on the straight through both, lies between them. */
function lies(a: Point, b: Point, c: Point): boolean {
  return c[0] >= Math.min(a[0], b[0]) && c[0] <= Math.max(a[0], b[0]) && c[1] >= Math.min(a[1], b[1]) && c[1] <= Math.max(a[1], b[1])
}
