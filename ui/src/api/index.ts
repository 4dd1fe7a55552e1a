import type {
  Camera,
  CameraCoverage,
  CameraInput,
  Coverage,
  FootageDay,
  FoundDevice,
  Health,
  Me,
  OnvifProfiles,
  Preset,
  Probe,
  ProbeInput,
  Ptz,
  PtzVector,
  Segment,
  Settings,
  SetupInput,
  SetupState,
  Ticket,
  User,
  UserChange,
  UserInput,
  Volume,
} from './contract'
import { path, request } from './http'

export * from './contract'
export { ApiProblem } from './http'

type Range = { from: string; until: string }

/** Every request of the UI, one line each. Components reach these through composables over the query cache only. */
export const api = {
  setupState: () => request<SetupState>('GET', path('setup')),
  setUp: (body: SetupInput) => request<Me>('POST', path('setup'), { body }),

  signIn: (body: { username: string; password: string }) => request<Me>('POST', path('auth', 'login'), { body }),
  signOut: () => request<undefined>('POST', path('auth', 'logout')),
  me: () => request<Me>('GET', path('auth', 'me')),
  changePassword: (body: { current: string; next: string }) => request<undefined>('POST', path('auth', 'password'), { body }),

  listUsers: (signal?: AbortSignal) => request<User[]>('GET', path('users'), { signal }),
  addUser: (body: UserInput) => request<User>('POST', path('users'), { body }),
  changeUser: (username: string, body: UserChange) => request<User>('PATCH', path('users', username), { body }),
  deleteUser: (username: string) => request<undefined>('DELETE', path('users', username)),

  listCameras: (signal?: AbortSignal) => request<Camera[]>('GET', path('cameras'), { signal }),
  getCamera: (id: string, signal?: AbortSignal) => request<Camera>('GET', path('cameras', id), { signal }),
  addCamera: (body: CameraInput) => request<Camera>('POST', path('cameras'), { body }),
  changeCamera: (id: string, body: Partial<CameraInput>) => request<Camera>('PATCH', path('cameras', id), { body }),
  deleteCamera: (id: string, recordings: 'keep' | 'delete') => request<undefined>('DELETE', path('cameras', id), { query: { recordings } }),
  restartCamera: (id: string) => request<undefined>('POST', path('cameras', id, 'restart')),
  probe: (body: ProbeInput, signal?: AbortSignal) => request<Probe>('POST', path('probe'), { body, signal }),
  findDevices: (hosts: string[], signal?: AbortSignal) => request<FoundDevice[]>('POST', path('onvif', 'discover'), { body: { hosts }, signal }),
  deviceProfiles: (body: { address: string; username?: string; password?: string }, signal?: AbortSignal) => request<OnvifProfiles>('POST', path('onvif', 'profiles'), { body, signal }),
  ptz: (id: string, signal?: AbortSignal) => request<Ptz>('GET', path('cameras', id, 'ptz'), { signal }),
  ptzMove: (id: string, speed: PtzVector & { timeoutMs: number }) => request<undefined>('POST', path('cameras', id, 'ptz', 'move'), { body: speed }),
  ptzStop: (id: string) => request<undefined>('POST', path('cameras', id, 'ptz', 'stop')),
  ptzGoto: (id: string, where: { preset: string } | { home: true }) => request<undefined>('POST', path('cameras', id, 'ptz', 'goto'), { body: where }),
  ptzSetPreset: (id: string, name: string) => request<Preset>('POST', path('cameras', id, 'ptz', 'presets'), { body: { name } }),
  ptzRemovePreset: (id: string, preset: string) => request<undefined>('DELETE', path('cameras', id, 'ptz', 'presets', preset)),
  ptzPatrol: (id: string, action: 'start' | 'stop') => request<undefined>('POST', path('cameras', id, 'ptz', 'patrol'), { body: { action } }),
  ticket: (id: string) => request<Ticket>('POST', path('cameras', id, 'tickets')),

  listSegments: (id: string, query: Range, signal?: AbortSignal) => request<Segment[]>('GET', path('cameras', id, 'recordings'), { query, signal }),
  coverage: (id: string, query: Range, signal?: AbortSignal) => request<Coverage>('GET', path('cameras', id, 'coverage'), { query, signal }),
  days: (id: string, query: Range & { zone: string }, signal?: AbortSignal) => request<FootageDay[]>('GET', path('cameras', id, 'days'), { query, signal }),
  coverageOfAll: (query: Range, signal?: AbortSignal) => request<CameraCoverage[]>('GET', path('coverage'), { query, signal }),

  listVolumes: (signal?: AbortSignal) => request<Volume[]>('GET', path('volumes'), { signal }),
  health: (signal?: AbortSignal) => request<Health>('GET', path('health'), { signal }),
  settings: (signal?: AbortSignal) => request<Settings>('GET', path('settings'), { signal }),
  changeSettings: (body: Partial<Settings>) => request<Settings>('PATCH', path('settings'), { body }),
}
