import type { Camera, CameraInput, Transport } from '@/api'
import { splitAddress } from './address'
import { emptyWeek, weekInput } from './week'

/** The main address of a camera that is pushed to us. */
export const PUBLISHED = 'publish://'

/** What the camera form holds: texts as typed. */
export type Draft = {
  name: string
  enabled: boolean
  /** Whether we fetch the stream, or somebody sends it to us. */
  source: 'pulled' | 'published'
  mainUrl: string
  subUrl: string
  /** Where it speaks ONVIF; empty when nobody said. */
  onvif: string
  transport: Transport
  username: string
  /** Empty keeps the stored one. */
  password: string
  clearPassword: boolean
  mode: 'off' | 'continuous' | 'motion' | 'object'
  preRollS: string
  postRollS: string
  mergeS: string
  /** Whether `week` holds; it stays as painted while it does not. */
  scheduled: boolean
  week: string[]
  segmentS: string
  retentionDays: string
  retentionGb: string
}

export function draftOf(camera?: Camera): Draft {
  const recording = camera?.recording
  const published = camera?.main.url === PUBLISHED
  const text = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value))
  return {
    name: camera?.name ?? '',
    enabled: camera?.enabled ?? true,
    source: published ? 'published' : 'pulled',
    mainUrl: published ? '' : (camera?.main.url ?? ''),
    subUrl: camera?.sub?.url ?? '',
    onvif: camera?.onvif?.address ?? '',
    transport: camera?.main.transport ?? 'tcp',
    username: camera?.username ?? '',
    password: '',
    clearPassword: false,
    mode: recording?.mode ?? 'continuous',
    preRollS: String((recording?.preRollMs ?? 5000) / 1000),
    postRollS: String((recording?.postRollMs ?? 10_000) / 1000),
    mergeS: String((recording?.mergeMs ?? 5000) / 1000),
    scheduled: (recording?.week ?? null) !== null,
    week: recording?.week ?? emptyWeek(),
    segmentS: String((recording?.segmentMs ?? 60_000) / 1000),
    retentionDays: text(recording?.retentionDays),
    retentionGb: recording?.retentionBytes ? String(recording.retentionBytes / 1e9) : '',
  }
}

/** Moves credentials out of a pasted address into their fields. @returns whether there were any */
export function takeCredentials(draft: Draft, field: 'mainUrl' | 'subUrl'): boolean {
  const { url, username, password } = splitAddress(draft[field])
  draft[field] = url
  if (username !== undefined) draft.username = username
  if (password !== undefined) draft.password = password
  return username !== undefined
}

/** The number in a text, with a decimal comma or point; null when it is empty or none. */
export function numberOf(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'))
  return text.trim() === '' || !Number.isFinite(value) ? null : value
}

/** The request that a draft means. The password is left out where the stored one stays. */
export function inputOf(draft: Draft): CameraInput {
  const gigabytes = numberOf(draft.retentionGb)
  return {
    name: draft.name.trim(),
    enabled: draft.enabled,
    main: { url: draft.source === 'published' ? PUBLISHED : draft.mainUrl, transport: draft.transport },
    sub: draft.subUrl === '' ? null : { url: draft.subUrl, transport: draft.transport },
    onvif: draft.onvif.trim() === '' ? null : { address: draft.onvif.trim() },
    username: draft.username === '' ? null : draft.username,
    ...(draft.clearPassword ? { password: null } : draft.password === '' ? {} : { password: draft.password }),
    recording: {
      mode: draft.mode,
      preRollMs: Math.round((numberOf(draft.preRollS) ?? 5) * 1000),
      postRollMs: Math.round((numberOf(draft.postRollS) ?? 10) * 1000),
      mergeMs: Math.round((numberOf(draft.mergeS) ?? 5) * 1000),
      week: draft.scheduled ? weekInput(draft.week) : null,
      segmentMs: Math.round((numberOf(draft.segmentS) ?? 60) * 1000),
      retentionDays: numberOf(draft.retentionDays),
      retentionBytes: gigabytes === null ? null : Math.round(gigabytes * 1e9),
    },
  }
}
