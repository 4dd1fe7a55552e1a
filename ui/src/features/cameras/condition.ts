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

/** `10.0.4.21:554` of an RTSP URL: where it goes, without credentials and path. */
export function streamHost(url: string): string {
  const parts = /^([a-z]+):\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:/?#]+)(?::(\d+))?/i.exec(url)
  if (parts === null) return url.replace(/\/\/[^@/]*@/, '//')
  const port = parts[3] ?? (parts[1]?.toLowerCase() === 'rtsps' ? '322' : '554')
  return `${parts[2] ?? ''}:${port}`
}
