import { parseJson, path, request, send, type RequestOptions } from './http'
import { OPERATIONS, type CameraInput, type CameraPatch, type Credentials, type GotoInput, type ModelView, type MoveInput, type Operations, type PasswordChange, type PatrolAction, type PictureView, type ProbeInput, type ProfilesInput, type RelayInput, type RelayPatch, type SettingsPatch, type SetupInput, type TicketRequest, type TriggerInput, type UserInput, type UserPatch, type WorkerInput } from './schema'
import type { EventDetail, EventPage } from './vision'

export type { DeviceEvent, Fact } from './facts'
export { ApiProblem } from './http'
export * from './vision'
export { whep, type WhepSession } from './whep'
export { GAP_CAUSE as GAP_CAUSES, STREAM_REASON as REASONS } from './schema'
export type {
  AlarmView as Alarm,
  CameraCoverageView as CameraCoverage,
  CameraFindingsView as CameraFindings,
  CameraInput,
  CameraPatch,
  CameraView as Camera,
  FindingView as Finding,
  FormatView as Format,
  FoundView as FoundDevice,
  GapCause,
  GapView as Gap,
  HealthView as Health,
  KnownFindingView as KnownFinding,
  Me,
  ModelView as Model,
  PatrolAction,
  PictureRangesView as PictureRanges,
  PictureView as Picture,
  ProbeInput,
  ProbeView as Probe,
  ProfilesInput,
  ProfilesView as OnvifProfiles,
  ProfileView as OnvifProfile,
  PtzView as Ptz,
  RelayInput,
  RelayPatch,
  RelayView as Relay,
  Role,
  StreamTransport as Transport,
  SelectiveReportView as RecordingReport,
  Settings,
  SetupInput,
  SpanView as Span,
  StreamPortsView as StreamPorts,
  StreamStateView as StreamState,
  User,
  UserInput,
  UserPatch,
  VolumeView as Volume,
  WorkerKey,
  WorkerView as Worker,
} from './schema'

type Operation = keyof Operations
type Part<O extends Operation, K extends string> = K extends keyof Operations[O] ? Pick<Operations[O], K> : unknown
type Given<O extends Operation> = Part<O, 'path'> & Part<O, 'query'> & Part<O, 'body'> & { signal?: AbortSignal }
type Range = { from: string; until: string }

/** One operation of the API document: its method, its path and its types come from there. */
function call<O extends Operation>(operation: O, given: Given<O>): Promise<Operations[O]['answer']> {
  const [method, template] = OPERATIONS[operation]
  const { path: values = {}, ...options }: { path?: Record<string, string>; query?: RequestOptions['query']; body?: unknown; signal?: AbortSignal } = given
  const parts = template.split('/').slice(3) // behind /api/v1
  return request(method, path(...parts.map((part) => (part.startsWith('{') ? (values[part.slice(1, -1)] ?? '') : part))), options)
}

/** Every request of the UI, one line each. Components reach these through composables over the query cache only. */
export const api = {
  setupState: () => call('setup.state', {}),
  setUp: (body: SetupInput) => call('setup.complete', { body }),

  signIn: (body: Credentials) => call('auth.login', { body }),
  signOut: () => call('auth.logout', {}),
  me: () => call('auth.me', {}),
  changePassword: (body: PasswordChange) => call('auth.password', { body }),
  streamPassword: (signal?: AbortSignal) => call('auth.streamPassword', { signal }),

  listUsers: (signal?: AbortSignal) => call('user.list', { signal }),
  addUser: (body: UserInput) => call('user.add', { body }),
  changeUser: (username: string, body: UserPatch) => call('user.change', { path: { username }, body }),
  deleteUser: (username: string) => call('user.remove', { path: { username } }),

  listCameras: (signal?: AbortSignal) => call('camera.list', { signal }),
  getCamera: (id: string, signal?: AbortSignal) => call('camera.get', { path: { id }, signal }),
  addCamera: (body: CameraInput) => call('camera.add', { body }),
  changeCamera: (id: string, body: CameraPatch) => call('camera.change', { path: { id }, body }),
  deleteCamera: (id: string, recordings: 'keep' | 'delete') => call('camera.remove', { path: { id }, query: { recordings } }),
  restartCamera: (id: string) => call('camera.restart', { path: { id } }),
  probe: (body: ProbeInput, signal?: AbortSignal) => call('cameraProbe.probe', { body, signal }),
  findings: (signal?: AbortSignal) => call('finding.list', { signal }),
  examine: (id: string) => call('finding.examine', { path: { id } }),
  findDevices: (hosts: string[], signal?: AbortSignal) => call('onvif.discover', { body: { hosts }, signal }),
  deviceProfiles: (body: ProfilesInput, signal?: AbortSignal) => call('onvif.profiles', { body, signal }),
  ptz: (id: string, signal?: AbortSignal) => call('ptz.facts', { path: { id }, signal }),
  ptzMove: (id: string, body: MoveInput) => call('ptz.move', { path: { id }, body }),
  ptzStop: (id: string) => call('ptz.stop', { path: { id } }),
  ptzGoto: (id: string, body: GotoInput) => call('ptz.goTo', { path: { id }, body }),
  ptzSetPreset: (id: string, name: string) => call('ptz.setPreset', { path: { id }, body: { name } }),
  ptzRemovePreset: (id: string, preset: string) => call('ptz.removePreset', { path: { id, preset } }),
  ptzPatrol: (id: string, action: PatrolAction) => call('ptz.patrol', { path: { id }, body: { action } }),
  loudspeaker: (id: string, signal?: AbortSignal) => call('loudspeaker.facts', { path: { id }, signal }),
  picture: (id: string, signal?: AbortSignal) => call('cameraDevice.imaging', { path: { id }, signal }),
  changePicture: (id: string, body: PictureView) => call('cameraDevice.setImaging', { path: { id }, body }),
  rebootDevice: (id: string) => call('cameraDevice.reboot', { path: { id } }),
  listRelays: (signal?: AbortSignal) => call('relay.list', { signal }),
  addRelay: (body: RelayInput) => call('relay.add', { body }),
  changeRelay: (relay: string, body: RelayPatch) => call('relay.change', { path: { relay }, body }),
  deleteRelay: (relay: string) => call('relay.remove', { path: { relay } }),
  listWorkers: (signal?: AbortSignal) => call('worker.list', { signal }),
  addWorker: (body: WorkerInput) => call('worker.add', { body }),
  deleteWorker: (worker: string) => call('worker.remove', { path: { worker } }),
  listModels: (signal?: AbortSignal) => call('model.list', { signal }),
  pullModel: (model: string) => call('model.pull', { path: { model } }),
  deleteModel: (model: string) => call('model.remove', { path: { model } }),
  /** @param descriptor JSON, for a file that does not say itself what it is */
  async importModel(file: File, descriptor?: string): Promise<ModelView> {
    const query = new URLSearchParams({ name: file.name, ...(descriptor === undefined ? {} : { descriptor }) })
    const response = await send(`${path('models', 'import')}?${query.toString()}`, { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: file })
    return parseJson(await response.text()) as ModelView
  },
  newStreamKey: (id: string) => call('camera.rotateStreamKey', { path: { id } }),
  ticket: (id: string, body?: TicketRequest) => call('ticket.issue', { path: { id }, body }),

  listSegments: (id: string, query: Range, signal?: AbortSignal) => call('recording.list', { path: { id }, query, signal }),
  coverage: (id: string, query: Range, signal?: AbortSignal) => call('recording.coverage', { path: { id }, query, signal }),
  days: (id: string, query: Range & { zone: string }, signal?: AbortSignal) => call('recording.days', { path: { id }, query, signal }),
  recordNow: (id: string, body: TriggerInput) => call('recordingTrigger.trigger', { path: { id }, body }),
  endRecordNow: (id: string) => call('recordingTrigger.end', { path: { id } }),
  recordingReport: (query: Range & { camera?: string }, signal?: AbortSignal) => call('selectiveReport.report', { query, signal }),
  coverageOfAll: (query: Range, signal?: AbortSignal) => call('recording.coverageOfAll', { query, signal }),

  listEvents: (query: Operations['event.list']['query'], signal?: AbortSignal) => call('event.list', { query, signal }) as Promise<EventPage>,
  event: (event: string, signal?: AbortSignal) => call('event.get', { path: { event }, signal }) as Promise<EventDetail>,
  markSeen: (ids: string[]) => call('event.seen', { body: { ids } }),

  listVolumes: (signal?: AbortSignal) => call('health.volumes', { signal }),
  streamPorts: (signal?: AbortSignal) => call('stream.ports', { signal }),
  health: (signal?: AbortSignal) => call('health.health', { signal }),
  settings: (signal?: AbortSignal) => call('settings.get', { signal }),
  tls: (signal?: AbortSignal) => call('tls.tls', { signal }),
  changeSettings: (body: SettingsPatch) => call('settings.change', { body }),
}
