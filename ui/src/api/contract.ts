/**
 * The types of the HTTP contract (docs/design/api.md), written by hand until the generated ones replace them.
 * Nothing else in the UI declares a shape that crosses the network.
 */
export type Role = 'administrator' | 'operator'
export type Me = { username: string; role: Role; language: 'id' | 'en'; cameras: 'all' | string[]; zone?: string }
export type SetupState = { needed: boolean }
export type SetupInput = { token: string; username: string; password: string; language: 'id' | 'en' }
export type User = {
  username: string
  role: Role
  cameras: 'all' | string[]
  language: 'id' | 'en'
  createdAt: string
  lastSignInAt?: string | null
}
export type UserInput = { username: string; password: string; role: Role; cameras: 'all' | string[]; language: 'id' | 'en' }
export type UserChange = { password?: string; role?: Role; cameras?: 'all' | string[]; language?: 'id' | 'en' }

export type Transport = 'tcp' | 'udp'
export type StreamName = 'main' | 'sub'
export type StreamInput = { url: string; transport?: Transport }
export type Recording = {
  mode: 'off' | 'continuous'
  segmentMs?: number
  retentionDays?: number | null
  retentionBytes?: number | null
}
export type Location = { lon: number; lat: number; headingDeg?: number }
export type CameraInput = {
  id?: string
  name: string
  enabled?: boolean
  main: StreamInput
  sub?: StreamInput | null
  username?: string | null
  password?: string | null
  recording?: Recording
  location?: Location | null
  labels?: string[]
  onvif?: { address: string } | null
}
export type Camera = Omit<CameraInput, 'password' | 'id'> & {
  id: string
  hasPassword: boolean
  state: CameraState
  createdAt: string
}

/** Why an attempt to read a stream ended: `StreamEnd.Reason` of the media module. */
export const REASONS = [
  'HOST_UNKNOWN',
  'UNREACHABLE',
  'CONNECTION_LOST',
  'TLS_FAILED',
  'UNAUTHORIZED',
  'NOT_FOUND',
  'NOT_RTSP',
  'PROTOCOL_ERROR',
  'UNSUPPORTED_CODEC',
  'STALLED',
  'NO_KEY_FRAME',
  'CLOSED_BY_CAMERA',
  'URL_REFUSED',
  'STOPPED',
] as const
export type Reason = (typeof REASONS)[number]

/** Why footage that should exist does not. */
export const GAP_CAUSES = ['CAMERA', 'NETWORK', 'DISK', 'RESTART', 'POLICY', 'SHED', 'CLOCK'] as const
export type GapCause = (typeof GAP_CAUSES)[number]

export type VideoCodec = 'H264' | 'H265'
export type AudioCodec = 'AAC' | 'PCMU' | 'PCMA' | 'OPUS'
export type Format = {
  video?: { codec: VideoCodec; widthPx: number; heightPx: number; fps: number }
  audio?: { codec: AudioCodec; sampleRateHz: number; channels: number }
}
export type StreamPhase = 'disabled' | 'connecting' | 'streaming' | 'waiting'
export type StreamState = {
  phase: StreamPhase
  since: string
  reason?: Reason
  detail?: string
  nextAttemptAt?: string
  format?: Format
  fps?: number
  bitrateBps?: number
  keyFrameIntervalMs?: number
  packetsLost?: number
  viewers: number
  clockOffsetMs?: number
}
export type RecordingState = { state: 'off' | 'recording' | 'paused' | 'waiting'; cause?: GapCause; detail?: string; since: string }
export type CameraState = { main: StreamState; sub?: StreamState; recording: RecordingState }

export type Segment = {
  id: string
  start: string
  end: string
  sizeBytes: number
  reasons: string[]
  videoCodec?: string
  audioCodec?: string
  open: boolean
}
export type Gap = { start: string; end: string; cause: GapCause; detail?: string }
export type Span = { start: string; end: string; reason: string; sizeBytes: number }
export type Coverage = { from: string; until: string; wantedMs: number; recordedMs: number; spans: Span[]; gaps: Gap[] }
export type CameraCoverage = { camera: string; wantedMs: number; recordedMs: number; gaps: Gap[] }
export type FootageDay = { day: string; recordedMs: number; gapMs: number }
export type Volume = {
  id: string
  path: string
  state: 'ok' | 'full' | 'readOnly' | 'slow' | 'missing' | 'foreign'
  detail?: string
  totalBytes: number
  freeBytes: number
  recordingsBytes: number
  writeBytesPerS: number
  lowWatermarkBytes: number
  highWatermarkBytes: number
  effectiveRetentionDays?: number
  oldest?: string
}
export type Alarm = {
  id: string
  kind: 'volume' | 'camera' | 'recording' | 'clock'
  subject: string
  cause: string
  detail: string
  since: string
}
export type Health = {
  version: string
  startedAt: string
  cameras: { total: number; recording: number; trouble: number }
  volumes?: Volume[]
  alarms: Alarm[]
}
export type ProbeInput = { url: string; username?: string; password?: string; transport?: Transport; camera?: string }
export type Finding = { code: string; severity: 'info' | 'warning' | 'error'; detail: string; params: Record<string, string> }
export type Probe = {
  ok: boolean
  reason?: Reason
  detail?: string
  format?: Format
  fps?: number
  bitrateBps?: number
  keyFrameIntervalMs?: number
  transport: Transport
  server?: string
  findings: Finding[]
}
/** A device that answered the search. `cameras` are ids of those already at its host. */
export type FoundDevice = { endpoint: string; address: string; name: string; hardware: string; location: string; cameras: string[] }
export type OnvifProfile = {
  token: string
  name: string
  video?: { codec: string; widthPx: number; heightPx: number; fps: number; gopPictures: number; bitrateKbps: number }
  audioCodec: string
  ptz: boolean
  url?: string
  snapshotUrl?: string
}
export type OnvifProfiles = {
  address: string
  device: { manufacturer: string; model: string; firmwareVersion: string; serialNumber: string; hardwareId: string }
  profiles: OnvifProfile[]
  clockOffsetMs?: number
  audioOutputs: number
  findings: { code: string; detail: string; params: Record<string, string> }[]
}
export type Preset = { token: string; name: string }
export type Ptz = {
  supported: boolean
  panTilt: boolean
  zoom: boolean
  home: boolean
  maxPresets: number
  presets: Preset[]
  position?: { pan: number; tilt: number; zoom: number }
  patrolling: boolean
}
/** -1..1 each; right, up and near are positive. */
export type PtzVector = { pan: number; tilt: number; zoom: number }
export type Ticket = { ticket: string; expiresAt: string }
export type Settings = { zone: string; language: 'id' | 'en'; connectCap: number; defaultRetentionDays: number }

/** A fact pushed on the events socket. */
export type Fact =
  | { type: 'camera.state'; camera: string; state: CameraState }
  | { type: 'alarm.raised' | 'alarm.cleared'; alarm: Alarm }
  | { type: 'segment.closed'; camera: string; start: string; end: string }

export type FieldError = { field: string; code: string; message: string }
export type Problem = {
  type?: string
  title?: string
  status: number
  code: string
  detail?: string
  params?: Record<string, string | number>
  fieldErrors?: FieldError[]
}
