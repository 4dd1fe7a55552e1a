import { shallowRef } from 'vue'
import type { Point } from '@/api'
import { crossesOpen, flawOf, MOST_CORNERS, type Flaw } from './polygon'
import type { Kind } from './shapes'

/** Whether two places are the same to a hand. */
export type Near = (one: Point, other: Point) => boolean

/** What is being drawn, corner by corner, until it is closed or given up. What cannot be is refused as it is drawn. */
export function usePen(onDone: (kind: Kind, points: Point[]) => void) {
  const kind = shallowRef<Kind>()
  const points = shallowRef<Point[]>([])
  /** Where the next corner would be. */
  const cursor = shallowRef<Point>([0.5, 0.5])
  const flaw = shallowRef<Flaw>()

  function begin(next: Kind) {
    kind.value = next
    points.value = []
    cursor.value = [0.5, 0.5]
    flaw.value = undefined
  }

  function move(to: Point) {
    cursor.value = to
  }

  /** A corner, or the end where it is put on the first one. @param isSame a second click on the place of the last corner */
  function put(point: Point, isNear: Near, isSame: Near = isNear) {
    if (kind.value === undefined) return
    cursor.value = point
    const first = points.value[0]
    const last = points.value.at(-1)
    if (kind.value === 'line') {
      if (first && !check([first, point])) return
      points.value = [...points.value, point]
      if (first) finish()
    } else if (first && points.value.length >= 3 && isNear(first, point)) {
      close()
    } else if (!last || !isSame(last, point)) {
      if (crossesOpen(points.value, point)) flaw.value = 'crossing'
      else if (points.value.length < MOST_CORNERS) {
        points.value = [...points.value, point]
        flaw.value = undefined
      }
    }
  }

  function close() {
    if (check(points.value)) finish()
  }

  /** Takes the last corner back. */
  function back() {
    points.value = points.value.slice(0, -1)
    flaw.value = undefined
  }

  function cancel() {
    kind.value = undefined
    points.value = []
    flaw.value = undefined
  }

  function check(all: Point[]): boolean {
    flaw.value = kind.value && flawOf(kind.value, all)
    return flaw.value === undefined
  }

  function finish() {
    const [drawn, all] = [kind.value, points.value]
    cancel()
    if (drawn) onDone(drawn, all)
  }

  return { kind, points, cursor, flaw, begin, move, put, close, back, cancel }
}

export type Pen = ReturnType<typeof usePen>
