import type { AlarmView, StateView } from './schema'
import type { SeenEvent } from './vision'

/** What a camera itself saw, told when it begins and when it ends; nothing of it is stored. */
export type DeviceEvent = {
  type: 'camera.event'
  camera: string
  kind: 'motion' | 'tamper' | 'digitalInput' | 'videoLoss' | 'person' | 'vehicle' | 'animal' | 'face'
  active: boolean
  /** Whether its end is told, too; what just happens (a line crossed) has none and is active. */
  lasting: boolean
  topic: string
  source: string
  at: string
  cameraTime?: string
}

/** A fact pushed on the events socket, which the OpenAPI document does not describe. */
export type Fact =
  | { type: 'camera.state'; camera: string; state: StateView }
  | { type: 'alarm.raised' | 'alarm.cleared'; alarm: AlarmView }
  | { type: 'segment.closed'; camera: string; start: string; end: string }
  | { type: 'event.began' | 'event.changed'; event: SeenEvent }
  | DeviceEvent
