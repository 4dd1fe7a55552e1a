import type { Camera } from '@/api'

/** One word on a camera. `paused`: live works, recording does not. */
export type Condition = { kind: 'well' | 'off' | 'connecting' | 'paused' | 'trouble' }

export function cameraCondition(camera: Camera): Condition {
  const { main, recording } = camera.state
  if (camera.enabled === false || main.phase === 'disabled') return { kind: 'off' }
  if (main.phase === 'waiting') return { kind: 'trouble' }
  if (main.phase === 'connecting') return { kind: main.reason === undefined ? 'connecting' : 'trouble' }
  if (recording.state === 'paused') return { kind: 'paused' }
  return { kind: 'well' }
}

const PORTS: Record<string, string> = { rtsp: '554', rtsps: '322', rtmp: '1935', rtmps: '443', http: '80', https: '443' }

/** `10.0.4.21:554` of a stream's URL: where it goes, without credentials and path. */
export function streamHost(url: string): string {
  const parts = /^([a-z]+):\/\/(?:.*@)?(\[[^\]]+\]|[^:/?#]+)(?::(\d+))?/i.exec(url)
  if (parts === null) return url.replace(/\/\/[^@/]*@/, '//')
  const port = parts[3] ?? PORTS[parts[1]?.toLowerCase() ?? '']
  return `${parts[2] ?? ''}${port === undefined ? '' : `:${port}`}`
}
