import type { Gap, GapCause, Span } from '@/api'
import type { TimeRange } from '@/shared/useTimeRange'

/** One stretch of a coverage bar. `unwanted`: nothing was to be recorded; `ahead`: it has not happened yet. */
export type Stretch = { startMs: number; endMs: number } & (
  | { kind: 'recorded' | 'unwanted' | 'ahead' }
  | { kind: 'gap'; causes: GapCause[]; lostMs: number; count: number; detail?: string }
)

/** A gap the camera is to blame for, or nobody: switched-off recording and clock steps lose nothing. */
export function losesFootage(cause: GapCause): boolean {
  return cause !== 'POLICY' && cause !== 'CLOCK'
}

/**
 * Whether the figures of the summary leave time unexplained: then only the recorded spans tell where footage is, such
 * as for a camera added an hour ago.
 */
export function needsSpans(range: TimeRange, nowMs: number, wantedMs: number, gaps: Gap[]): boolean {
  const elapsedMs = Math.max(0, Math.min(range.untilMs, nowMs) - range.fromMs)
  const excusedMs = gaps.filter((gap) => !losesFootage(gap.cause)).reduce((sum, gap) => sum + lengthInside(range, gap), 0)
  return elapsedMs - wantedMs - excusedMs > 60_000
}

/**
 * The bar of one camera, left to right without holes. Without `spans` everything that is no gap counts as recorded.
 *
 * @param closeMs gaps nearer than this are drawn as one, so that a flapping camera stays readable
 */
export function stretches(range: TimeRange, nowMs: number, gaps: Gap[], spans: Span[] | undefined, closeMs: number): Stretch[] {
  const endMs = Math.max(range.fromMs, Math.min(range.untilMs, nowMs))
  const all: Stretch[] = []
  let cursor = range.fromMs
  const fillTo = (until: number) => {
    if (until <= cursor) return
    if (spans === undefined) all.push({ kind: 'recorded', startMs: cursor, endMs: until })
    else all.push(...recordedParts(cursor, until, spans))
  }
  for (const gap of mergeClose(gaps, closeMs)) {
    const startMs = Math.max(gap.startMs, cursor)
    const stopMs = Math.min(gap.endMs, endMs)
    if (startMs >= stopMs) continue
    fillTo(startMs)
    all.push({ ...gap, startMs, endMs: stopMs })
    cursor = stopMs
  }
  fillTo(endMs)
  if (endMs < range.untilMs) all.push({ kind: 'ahead', startMs: endMs, endMs: range.untilMs })
  return all
}

function recordedParts(fromMs: number, untilMs: number, spans: Span[]): Stretch[] {
  const parts: Stretch[] = []
  let cursor = fromMs
  for (const span of spans) {
    const startMs = Math.max(Date.parse(span.start), cursor)
    const endMs = Math.min(Date.parse(span.end), untilMs)
    if (startMs >= endMs) continue
    if (startMs > cursor) parts.push({ kind: 'unwanted', startMs: cursor, endMs: startMs })
    parts.push({ kind: 'recorded', startMs, endMs })
    cursor = endMs
  }
  if (cursor < untilMs) parts.push({ kind: 'unwanted', startMs: cursor, endMs: untilMs })
  return parts
}

type GapStretch = Extract<Stretch, { kind: 'gap' }>

function mergeClose(gaps: Gap[], closeMs: number): GapStretch[] {
  const merged: GapStretch[] = []
  for (const gap of gaps) {
    const startMs = Date.parse(gap.start)
    const endMs = Date.parse(gap.end)
    const last = merged.at(-1)
    if (last !== undefined && startMs - last.endMs < closeMs && endMs - last.startMs < closeMs * 40) {
      last.endMs = Math.max(last.endMs, endMs)
      last.lostMs += endMs - startMs
      last.count++
      if (!last.causes.includes(gap.cause)) last.causes.push(gap.cause)
    } else {
      merged.push({ kind: 'gap', startMs, endMs, causes: [gap.cause], lostMs: endMs - startMs, count: 1, ...(gap.detail === undefined ? {} : { detail: gap.detail }) })
    }
  }
  return merged
}

/** One cell of the heat map. `share` is recorded of wanted, 0..1; undefined when nothing was wanted or it lies ahead. */
export type Cell = { startMs: number; endMs: number; share: number | undefined; lostMs: number; cause?: GapCause }

/** Cuts a bar into cells at the given instants (ascending, first and last are the ends of the range). */
export function cells(bar: Stretch[], edgesMs: number[]): Cell[] {
  return edgesMs.slice(0, -1).map((startMs, index) => {
    const endMs = edgesMs[index + 1] ?? startMs
    let recordedMs = 0
    let lostMs = 0
    const byCause = new Map<GapCause, number>()
    for (const stretch of bar) {
      const insideMs = Math.min(stretch.endMs, endMs) - Math.max(stretch.startMs, startMs)
      if (insideMs <= 0) continue
      if (stretch.kind === 'recorded') recordedMs += insideMs
      if (stretch.kind !== 'gap') continue
      const cause = stretch.causes.find(losesFootage)
      if (cause === undefined) continue
      // A stretch of several short gaps holds recorded time between them.
      const part = insideMs * (stretch.lostMs / (stretch.endMs - stretch.startMs))
      lostMs += part
      recordedMs += insideMs - part
      byCause.set(cause, (byCause.get(cause) ?? 0) + part)
    }
    const wantedMs = recordedMs + lostMs
    const cause = [...byCause].sort((a, b) => b[1] - a[1]).at(0)?.[0]
    return { startMs, endMs, share: wantedMs < 1000 ? undefined : recordedMs / wantedMs, lostMs, ...(cause === undefined ? {} : { cause }) }
  })
}

function lengthInside(range: TimeRange, gap: Gap): number {
  return Math.max(0, Math.min(Date.parse(gap.end), range.untilMs) - Math.max(Date.parse(gap.start), range.fromMs))
}
