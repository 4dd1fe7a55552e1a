import type { Point, Vision } from '@/api'

export const KINDS = ['line', 'zone', 'watched', 'ignored', 'hidden'] as const
export type Kind = (typeof KINDS)[number]
/** The server takes so many of each. */
export const MOST_OF_A_KIND = 16

/** One thing drawn over the picture. Lines have two points, the others are polygons. */
export type Shape = {
  /** Of this page alone. */
  key: string
  kind: Kind
  points: Point[]
  /** Of lines and zones, as the server knows them. */
  id: string
  /** Of lines and zones. */
  name: string
  /** Of zones, in seconds; undefined: nobody loiters. */
  dwellS?: number
}
type Drawn = Pick<Vision, 'lines' | 'zones' | 'watched' | 'ignored' | 'hidden'>

export const isNamed = (kind: Kind) => kind === 'line' || kind === 'zone'

export function shapesOf(vision: Drawn): Shape[] {
  const areas = (['watched', 'ignored', 'hidden'] as const).flatMap((kind) => vision[kind].map((points, index): Shape => ({ key: `${kind}${index}`, kind, points, id: '', name: '' })))
  return [
    ...vision.lines.map(({ id, name, a, b }): Shape => ({ key: `line ${id}`, kind: 'line', points: [a, b], id, name })),
    ...vision.zones.map(({ id, name, points, dwellS }): Shape => ({ key: `zone ${id}`, kind: 'zone', points, id, name, dwellS: dwellS ?? undefined })),
    ...areas,
  ]
}

export function drawnOf(shapes: Shape[]): Drawn {
  const areas = (kind: Kind) => shapes.filter((shape) => shape.kind === kind).map(({ points }) => points)
  return {
    lines: shapes.filter(({ kind }) => kind === 'line').map(({ id, name, points: [a = [0, 0], b = [1, 1]] }) => ({ id, name: name.trim(), a, b })),
    zones: shapes.filter(({ kind }) => kind === 'zone').map(({ id, name, points, dwellS }) => ({ id, name: name.trim(), points, dwellS: dwellS ?? null })),
    watched: areas('watched'),
    ignored: areas('ignored'),
    hidden: areas('hidden'),
  }
}

/** A new shape with an id and a key that no other has. @param nameOf the name of the n-th of its kind */
export function newShape(shapes: Shape[], kind: Kind, points: Point[], nameOf: (n: number) => string): Shape {
  const taken = new Set(shapes.map(({ id }) => id))
  let n = 1
  while (taken.has(`${kind.charAt(0)}${n}`)) n++
  const named = isNamed(kind)
  let key = 1
  while (shapes.some((shape) => shape.key === `new ${key}`)) key++
  return { key: `new ${key}`, kind, points, id: named ? `${kind.charAt(0)}${n}` : '', name: named ? nameOf(n) : '' }
}
