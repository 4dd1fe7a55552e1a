import type { CameraView } from './schema'
import { path, request } from './http'

/** Fractions of the picture, 0..1, origin top left. */
export type Point = [x: number, y: number]
/** Left, top, right, bottom, as fractions of the picture. */
export type Box = [left: number, top: number, right: number, bottom: number]

/** A counting line. Who stands at `a` and looks at `b` has its left and its right side. */
export type SceneLine = { id: string; name: string; a: Point; b: Point }
/** A polygon that is watched for who is in it. @property dwellS stays longer than this: loitering; absent: nobody loiters */
export type SceneZone = { id: string; name: string; points: Point[]; dwellS?: number | null }
export type Area = Point[]

/** What a camera's pictures are analysed for. */
export type Vision = {
  enabled: boolean
  /** Whether the detector is used where a model is there; else motion alone. */
  objects: boolean
  priority: 'high' | 'normal' | 'low'
  /** 1..100, of motion. */
  sensitivity: number
  /** What counts. `unknown` moves but has no name. */
  classes: string[]
  /** 0.1..0.95, for classes without a score of their own. */
  leastScore: number
  scores: Record<string, number>
  lines: SceneLine[]
  zones: SceneZone[]
  watched: Area[]
  ignored: Area[]
  hidden: Area[]
}

export type VisionState = {
  phase: 'off' | 'waiting' | 'analysing' | 'setAside'
  since: string
  detail?: string
  stream?: 'sub' | 'main'
  keyFramesOnly: boolean
  model?: string
  fps: number
  lookedFps: number
  passedOverFps: number
}

export type Direction = 'toLeft' | 'toRight'
export type LineCount = Record<Direction, number> & { byClass?: Record<string, Record<Direction, number>> }
export type SeenTrack = { id: number; label: string; score: number; box: Box; stationary: boolean }
/** What was seen in one picture. @property at when it was taken, by the server's clock */
export type Seen = { at: string; motion: number; blobs: Box[]; tracks: SeenTrack[]; occupancy: Record<string, number> }
export type SceneFacts = { classes: string[]; lines: SceneLine[]; zones: SceneZone[]; hidden: Area[]; model?: string; counts: Record<string, LineCount>; countsSince: string }

/** The messages of the objects WebSocket. */
export type ObjectsMessage =
  | ({ type: 'scene' } & SceneFacts)
  | ({ type: 'seen' } & Seen)
  | { type: 'crossing'; line: string; direction: Direction; label: string; track: number; at: string; counts: LineCount }
  | ({ type: 'state' } & VisionState)

export const EVENT_TYPES = ['motion', 'object', 'line', 'zoneEnter', 'zoneDwell', 'zoneLeave', 'frozen', 'black', 'blurred', 'moved', 'tamper'] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** Something worth a person's attention. */
export type SeenEvent = {
  id: string
  camera: string
  type: EventType
  label?: string
  score?: number
  track?: number
  line?: string
  zone?: string
  direction?: Direction
  /** Of the line or zone, as it was then. */
  name?: string
  start: string
  end?: string
  box?: Box
  hasSnapshot: boolean
  /** By this user. */
  seen: boolean
}
export type EventPath = [msSinceStart: number, left: number, top: number, right: number, bottom: number][]
export type EventQuestion = { camera?: string[]; type?: string[]; class?: string[]; from?: string; until?: string; cursor?: string; limit?: string }
export type EventPage = { events: SeenEvent[]; nextCursor?: string }

/** What a server that analyses says of a camera; one that does not says nothing of it. */
type Analysed = CameraView & { vision?: Vision; state: { vision?: VisionState } }
export const visionOf = (camera: CameraView): Vision | undefined => (camera as Analysed).vision
export const visionStateOf = (camera: CameraView): VisionState | undefined => (camera as Analysed).state.vision

/** The requests about analysis and events. */
export const visionApi = {
  change: (camera: string, vision: Partial<Vision>) => request<CameraView>('PATCH', path('cameras', camera), { body: { vision } }),
  listEvents: (query: EventQuestion, signal?: AbortSignal) => request<EventPage>('GET', path('events'), { query, signal }),
  event: (id: string, signal?: AbortSignal) => request<SeenEvent & { path: EventPath }>('GET', path('events', id), { signal }),
  markSeen: (ids: string[]) => request<undefined>('POST', path('events', 'seen'), { body: { ids } }),
}

/** Pictures, for `<img>`; the session cookie goes with them. */
export const eventSnapshotUrl = (id: string) => `${path('events', id)}/snapshot.jpg`
export const cameraSnapshotUrl = (camera: string, widthPx: number) => `${path('cameras', camera)}/snapshot.jpg?width=${widthPx}`
export const objectsSocketPath = (camera: string) => path('cameras', camera, 'live', 'objects')
