import type { Box, EventPath } from '@/api'
import { mix } from '@/features/vision'

/** Between places further apart than this nothing is known. */
const LONGEST_BRIDGE_MS = 2_500
/** What was seen last is shown a moment longer. */
const AFTER_MS = 300

/** Where the object of an event was. @param path oldest first; @param afterMs since the event's start */
export function boxAt(path: EventPath, afterMs: number): Box | undefined {
  const next = path.findIndex(([ms]) => ms > afterMs)
  const before = path[next < 0 ? path.length - 1 : next - 1]
  const after = next < 0 ? undefined : path[next]
  if (!before) return undefined
  const [beforeMs, ...box] = before
  if (!after) return afterMs - beforeMs <= AFTER_MS ? box : undefined
  const [afterNextMs, ...then] = after
  if (afterNextMs - beforeMs > LONGEST_BRIDGE_MS) return afterMs - beforeMs <= AFTER_MS ? box : undefined
  return mix(box, then, (afterMs - beforeMs) / (afterNextMs - beforeMs))
}
