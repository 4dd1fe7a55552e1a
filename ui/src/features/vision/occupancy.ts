import type { Area, Point, SceneZone } from '@/api'
import { footOf, type ShownTrack } from './SeenBuffer'

/** How many stand in each zone: an object is where its foot is. */
export function occupancyOf(zones: SceneZone[], tracks: Pick<ShownTrack, 'box'>[]): Record<string, number> {
  return Object.fromEntries(zones.map(({ id, points }) => [id, tracks.filter(({ box }) => isInside(points, footOf(box))).length]))
}

/** Whether a ray to the right leaves the polygon an odd number of times. */
export function isInside(area: Area, [x, y]: Point): boolean {
  let inside = false
  area.forEach(([x1, y1], index) => {
    const [x2, y2] = area[(index + 1) % area.length] ?? [x1, y1]
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside
  })
  return inside
}
