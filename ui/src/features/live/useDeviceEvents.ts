import { skipToken, useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { DeviceEvent } from '@/api'
import { useNow } from '@/shared/useNow'

type Kind = DeviceEvent['kind']
/** The most serious first. */
const KINDS: Kind[] = ['tamper', 'videoLoss', 'digitalInput', 'person', 'vehicle', 'animal', 'face', 'motion']
const MOST_SHOWN = 2
/** What just happens is shown this long. */
const MOMENT_MS = 10_000
/** What lasts is not shown for ever, should its end get lost with the camera. */
const LONGEST_MS = 60 * 60_000

/** What a camera sees at present by its own account, the most serious first. The events socket fills the cache. */
export function useDeviceEvents(camera: MaybeRefOrGetter<string>) {
  const query = useQuery<DeviceEvent[]>({ queryKey: computed(() => ['device-events', toValue(camera)]), queryFn: skipToken })
  const now = useNow(2_000)
  return computed(() => seenKinds(query.data.value ?? [], now.value))
}

export function seenKinds(events: DeviceEvent[], nowMs: number): Kind[] {
  const present = events.filter((event) => nowMs - Date.parse(event.at) < (event.lasting ? LONGEST_MS : MOMENT_MS))
  return KINDS.filter((kind) => present.some((event) => event.kind === kind)).slice(0, MOST_SHOWN)
}
