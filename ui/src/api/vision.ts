import { path } from './http'
import { EVENT_TYPE, type CameraView, type CrossingDirection, type EventDetailView, type EventsView, type EventView, type LineView, type NamedCountsView, type VisionStateView, type VisionView, type ZoneView } from './schema'

/** Fractions of the picture, 0..1, origin top left. */
export type Point = [x: number, y: number]
/** Left, top, right, bottom, as fractions of the picture. */
export type Box = [left: number, top: number, right: number, bottom: number]
export type Area = Point[]

/** A counting line. Who stands at `a` and looks at `b` has its left and its right side. */
export type SceneLine = Omit<LineView, 'a' | 'b'> & { a: Point; b: Point }
/** A polygon that is watched for who is in it. @property dwellS stays longer than this: loitering; absent: nobody loiters */
export type SceneZone = Omit<ZoneView, 'points' | 'dwellS'> & { points: Area; dwellS?: number | null }
type Drawn = { lines: SceneLine[]; zones: SceneZone[]; watched: Area[]; ignored: Area[]; hidden: Area[] }
/** What a camera's pictures are analysed for. The API document knows no pairs: they are lists of numbers there. */
export type Vision = Omit<VisionView, keyof Drawn> & Drawn
export type VisionState = VisionStateView
export const visionOf = (camera: CameraView) => camera.vision as Vision

export type Direction = CrossingDirection
export type LineCount = Omit<NamedCountsView, 'line' | 'name'>
export type SeenTrack = { id: number; label: string; score: number; box: Box; stationary: boolean }
/** What was seen in one picture. @property at when it was taken, by the server's clock */
export type Seen = { at: string; motion: number; blobs: Box[]; tracks: SeenTrack[] }
/** Counts are of the site's day so far. */
export type SceneFacts = { classes: string[]; lines: SceneLine[]; zones: SceneZone[]; hidden: Area[]; state: VisionState; counts: Record<string, LineCount>; countsSince: string }

/** The messages of the objects WebSocket, which the OpenAPI document does not describe. */
export type ObjectsMessage =
  | ({ type: 'scene' } & SceneFacts)
  | ({ type: 'seen' } & Seen)
  | { type: 'crossing'; line: string; direction: Direction; label: string; track: number; at: string }
  | { type: 'state'; state: VisionState }

export const EVENT_TYPES = EVENT_TYPE
export type { EventType } from './schema'
/** Something worth a person's attention. */
export type SeenEvent = Omit<EventView, 'box'> & { box?: Box }
export type EventPath = [msSinceStart: number, left: number, top: number, right: number, bottom: number][]
export type EventPage = Omit<EventsView, 'events'> & { events: SeenEvent[] }
export type EventDetail = Omit<EventDetailView, 'event' | 'path'> & { event: SeenEvent; path: EventPath }

/** Pictures, for `<img>`; the session cookie goes with them. */
export const eventSnapshotUrl = (id: string) => path('events', id, 'snapshot.jpg')
export const cameraSnapshotUrl = (camera: string, widthPx: number) => `${path('cameras', camera, 'snapshot.jpg')}?width=${widthPx}`
export const objectsSocketPath = (camera: string) => path('cameras', camera, 'live', 'objects')
