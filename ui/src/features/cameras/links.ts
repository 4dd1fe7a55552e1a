import type { StreamPorts } from '@/api'

/** An address of a stream for another program. */
export type Link = { kind: 'rtsp' | 'rtmp' | 'whep' | 'hls' | 'hlsAll' | 'flv'; url: string }

/** The page's own address, as `window.location` has it. */
type Here = { origin: string; hostname: string }

/** Where players find a camera's stream. @param ticket put behind every address; empty for none */
export function playLinks(here: Here, ports: StreamPorts, camera: string, stream: 'main' | 'sub', ticket: string): Link[] {
  const query = ticket === '' ? '' : `?ticket=${encodeURIComponent(ticket)}`
  return [
    { kind: 'rtsp', url: `rtsp://${here.hostname}:${ports.rtspPort}/${camera}/${stream}${query}` },
    { kind: 'rtmp', url: `rtmp://${here.hostname}:${ports.rtmpPort}/live/${camera}/${stream}${query}` },
    { kind: 'whep', url: `${here.origin}/whep/${camera}/${stream}${query}` },
    { kind: 'hls', url: `${here.origin}/hls/${camera}/${stream}/index.m3u8${query}` },
    { kind: 'hlsAll', url: `${here.origin}/hls/${camera}/index.m3u8${query}` },
    { kind: 'flv', url: `${here.origin}/flv/${camera}/${stream}.flv${query}` },
  ]
}

/** Where a camera is pushed to: for encoders with two fields (`server` and the key), and whole addresses. */
export function publishLinks(here: Here, ports: StreamPorts, camera: string, key: string) {
  const server = `rtmp://${here.hostname}:${ports.rtmpPort}/live`
  return {
    server,
    rtmp: `${server}/${camera}?key=${key}`,
    rtsp: `rtsp://${here.hostname}:${ports.rtspPort}/${camera}?key=${key}`,
  }
}
