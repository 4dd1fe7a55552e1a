import type { Box, Point, Seen, SeenTrack } from '@/api'

/** Longest picture delay that is served: plain HLS is some seconds behind. */
const KEEP_MS = 20_000
const MOST_KEPT = 400
/** Between two looks further apart than this nothing is known: the boxes of the first are kept this long, no longer. */
const LONGEST_BRIDGE_MS = 2_500
/** WebRTC shows a picture before it has been looked at; boxes run ahead on their own course this long. */
const LONGEST_AHEAD_MS = 500
/** What was seen last is shown this long without news. */
const STALE_MS = 1_500
const TAIL_MS = 3_000
/** The browser's clock and the server's agree when news is this old as it comes. */
const LEAST_LAG_MS = -50
const MOST_LAG_MS = 5_000
/** How old news is as it comes, when the clocks do not agree. */
const USUAL_LAG_MS = 250

export type ShownTrack = SeenTrack & { tail: Point[] }
/** What is to be drawn over one picture. */
export type Shown = { tracks: ShownTrack[]; blobs: Box[]; motion: number }

type Look = Omit<Seen, 'at'> & { atMs: number }

/** What was seen of one camera in the last seconds, by capture time, so that every picture gets its own boxes. */
export class SeenBuffer {
  private looks: Look[] = []
  private leastLagMs = Infinity

  /** @param nowMs the browser's clock as the message came */
  add({ at, ...seen }: Seen, nowMs = Date.now()): void {
    const atMs = Date.parse(at)
    if (Number.isNaN(atMs)) return
    this.leastLagMs = Math.min(this.leastLagMs, nowMs - atMs)
    const last = this.looks.at(-1)
    if (last && atMs < last.atMs) this.looks = [] // the server's clock was set back
    this.looks.push({ ...seen, atMs })
    let old = 0
    while (this.looks.length - old > MOST_KEPT || (this.looks[old]?.atMs ?? atMs) < atMs - KEEP_MS) old++
    if (old > 0) this.looks.splice(0, old)
  }

  clear(): void {
    this.looks = []
    this.leastLagMs = Infinity
  }

  get newestMs(): number | undefined {
    return this.looks.at(-1)?.atMs
  }

  /** An instant of the browser's clock by the server's; the same while both agree. */
  serverTime(atMs: number): number {
    const agree = this.leastLagMs === Infinity || (this.leastLagMs >= LEAST_LAG_MS && this.leastLagMs <= MOST_LAG_MS)
    return agree ? atMs : atMs - this.leastLagMs + USUAL_LAG_MS
  }

  /** Whether pictures from `atMs` on still have something to draw, or to take away. */
  hasNewsAfter(atMs: number): boolean {
    const newest = this.looks.at(-1)
    if (!newest) return false
    if (newest.atMs + STALE_MS < atMs) return false
    return this.looks.some((look) => look.atMs >= atMs - TAIL_MS && (look.tracks.length > 0 || look.blobs.length > 0))
  }

  /** What belongs to the picture taken at `atMs`. */
  at(atMs: number): Shown {
    const next = this.looks.findIndex((look) => look.atMs > atMs)
    const before = this.looks[next < 0 ? this.looks.length - 1 : next - 1]
    const after = next < 0 ? undefined : this.looks[next]
    if (!before) return NOTHING
    const tracks = after ? this.between(before, after, atMs) : this.ahead(before, atMs)
    const stale = atMs - before.atMs > (after ? LONGEST_BRIDGE_MS : STALE_MS)
    if (stale) return NOTHING
    const recent = this.looks.filter((look) => look.atMs >= atMs - TAIL_MS && look.atMs < atMs)
    return { tracks: tracks.map((track) => ({ ...track, tail: tailOf(track, recent) })), blobs: before.blobs, motion: before.motion }
  }

  private between(before: Look, after: Look, atMs: number): SeenTrack[] {
    const share = (atMs - before.atMs) / (after.atMs - before.atMs)
    const far = after.atMs - before.atMs > LONGEST_BRIDGE_MS
    return before.tracks.map((track) => {
      const then = far ? undefined : after.tracks.find(({ id }) => id === track.id)
      return then ? { ...track, box: mix(track.box, then.box, share) } : track
    })
  }

  private ahead(last: Look, atMs: number): SeenTrack[] {
    const before = this.looks.at(-2)
    const stepMs = before ? last.atMs - before.atMs : 0
    if (!before || stepMs > LONGEST_AHEAD_MS) return last.tracks
    const share = 1 + Math.min(atMs - last.atMs, LONGEST_AHEAD_MS) / stepMs
    return last.tracks.map((track) => {
      const earlier = track.stationary ? undefined : before.tracks.find(({ id }) => id === track.id)
      return earlier ? { ...track, box: mix(earlier.box, track.box, share) } : track
    })
  }
}

const NOTHING: Shown = { tracks: [], blobs: [], motion: 0 }

export function footOf([left, , right, bottom]: Box): Point {
  return [(left + right) / 2, bottom]
}

/** @param share 0 is the one, 1 the other, more than 1 beyond it */
export function mix(one: Box, other: Box, share: number): Box {
  const part = (index: 0 | 1 | 2 | 3) => one[index] + (other[index] - one[index]) * share
  return [part(0), part(1), part(2), part(3)]
}

/** Where the foot of an object was, oldest first, up to where it is. */
function tailOf(track: SeenTrack, looks: Look[]): Point[] {
  if (track.stationary) return []
  const tail: Point[] = []
  for (const look of looks) {
    const then = look.tracks.find(({ id }) => id === track.id)
    if (then) tail.push(footOf(then.box))
  }
  return [...tail, footOf(track.box)]
}
