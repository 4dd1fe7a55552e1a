import type { AlarmView, StateView } from './schema'

/** A fact pushed on the events socket, which the OpenAPI document does not describe. */
export type Fact =
  | { type: 'camera.state'; camera: string; state: StateView }
  | { type: 'alarm.raised' | 'alarm.cleared'; alarm: AlarmView }
  | { type: 'segment.closed'; camera: string; start: string; end: string }
