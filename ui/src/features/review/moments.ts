import type { SeenEvent } from '@/api'

/** What happened before one camera within one minute, as one card of the wall. */
export type Moment = {
  key: string
  camera: string
  /** Start of the minute, epoch milliseconds. */
  minuteMs: number
  /** The one whose picture is shown comes first. */
  events: [SeenEvent, ...SeenEvent[]]
  seen: boolean
}
export type Filter = { camera: string[]; type: string[]; class: string[]; fromMs: number; untilMs: number }

const MINUTE_MS = 60_000
/** What is worth the picture more than mere motion. */
const WORTH: Partial<Record<SeenEvent['type'], number>> = { moved: 5, black: 5, frozen: 4, blurred: 4, line: 3, zoneDwell: 3, zoneEnter: 2, object: 1 }

export function keyOf({ camera, start }: Pick<SeenEvent, 'camera' | 'start'>): string {
  return `${camera} ${Math.floor(Date.parse(start) / MINUTE_MS)}`
}

/** By camera and minute, the newest minute first; within a moment what was not seen yet comes first. */
export function momentsOf(events: SeenEvent[]): Moment[] {
  const groups = new Map<string, [SeenEvent, ...SeenEvent[]]>()
  for (const event of events) {
    const group = groups.get(keyOf(event))
    if (group) group.push(event)
    else groups.set(keyOf(event), [event])
  }
  const moments = [...groups].map(([key, group]): Moment => {
    group.sort((a, b) => rank(b) - rank(a) || Date.parse(a.start) - Date.parse(b.start))
    return { key, camera: group[0].camera, minuteMs: Math.floor(Date.parse(group[0].start) / MINUTE_MS) * MINUTE_MS, events: group, seen: group.every(({ seen }) => seen) }
  })
  return moments.sort((a, b) => b.minuteMs - a.minuteMs || a.camera.localeCompare(b.camera))
}

function rank(event: SeenEvent): number {
  return (event.seen ? 0 : 100) + (event.hasSnapshot ? 10 : 0) + (WORTH[event.type] ?? 0) + (event.score ?? 0)
}

/** Whether an event that was pushed belongs to what is asked for. */
export function matches(event: SeenEvent, filter: Filter): boolean {
  const at = Date.parse(event.start)
  const one = (wanted: string[], value: string | undefined) => wanted.length === 0 || (value !== undefined && wanted.includes(value))
  return one(filter.camera, event.camera) && one(filter.type, event.type) && one(filter.class, event.label) && at >= filter.fromMs && at < filter.untilMs
}

/** Every event once; what was told later wins. */
export function merged(...lists: SeenEvent[][]): SeenEvent[] {
  const byId = new Map<string, SeenEvent>()
  // What is pushed knows no user, and no quality before its minute has ended: what was seen stays seen, what was poor stays poor.
  for (const list of lists)
    for (const event of list) {
      const before = byId.get(event.id)
      byId.set(event.id, { ...event, seen: event.seen || before?.seen === true, quality: event.quality ?? before?.quality })
    }
  return [...byId.values()]
}

/** Events that just came and would put a card where there is none: they wait until somebody wants them. */
export function waiting(arrived: SeenEvent[], shown: SeenEvent[]): SeenEvent[] {
  const known = new Set(shown.map(({ id }) => id))
  const keys = new Set(shown.map(keyOf))
  return arrived.filter((event) => !known.has(event.id) && !keys.has(keyOf(event)))
}
