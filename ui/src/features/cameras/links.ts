import type { StreamPorts } from '@/api'

/** An address of a stream for another program. */
export type Link = { kind: 'rtsp' | 'rtsps' | 'rtmp' | 'rtmps' | 'whep' | 'hls' | 'hlsAll' | 'flv'; url: string }

/** The page's own address, as `window.location` has it. */
type Here = { origin: string; hostname: string }

/** Whether the server offers every way inside TLS, too. */
export const hasTls = (ports: StreamPorts) => ports.httpsPort !== undefined

/**
 * Where players find a camera's stream.
 * @param ticket put behind every address; empty for none
 * @param encrypted the addresses inside TLS, where the server has them
 */
export function playLinks(here: Here, ports: StreamPorts, camera: string, stream: 'main' | 'sub', ticket: string, encrypted = false): Link[] {
  const query = ticket === '' ? '' : `?ticket=${encodeURIComponent(ticket)}`
  const { httpsPort, rtspsPort, rtmpsPort } = ports
  const web = (base: string): Link[] => [
    { kind: 'whep', url: `${base}/whep/${camera}/${stream}${query}` },
    { kind: 'hls', url: `${base}/hls/${camera}/${stream}/index.m3u8${query}` },
    { kind: 'hlsAll', url: `${base}/hls/${camera}/index.m3u8${query}` },
    { kind: 'flv', url: `${base}/flv/${camera}/${stream}.flv${query}` },
  ]
  if (encrypted && httpsPort !== undefined && rtspsPort !== undefined && rtmpsPort !== undefined) {
    return [
      { kind: 'rtsps', url: `rtsps://${here.hostname}:${rtspsPort}/${camera}/${stream}${query}` },
      { kind: 'rtmps', url: `rtmps://${here.hostname}:${rtmpsPort}/live/${camera}/${stream}${query}` },
      ...web(`https://${here.hostname}${httpsPort === 443 ? '' : `:${httpsPort}`}`),
    ]
  }
  return [
    { kind: 'rtsp', url: `rtsp://${here.hostname}:${ports.rtspPort}/${camera}/${stream}${query}` },
    { kind: 'rtmp', url: `rtmp://${here.hostname}:${ports.rtmpPort}/live/${camera}/${stream}${query}` },
    ...web(here.origin),
  ]
}

/** Where a camera is pushed to: for encoders with two fields (`server` and the key), and whole addresses. Those inside TLS where the server has them. */
export function publishLinks(here: Here, ports: StreamPorts, camera: string, key: string) {
  const server = `rtmp://${here.hostname}:${ports.rtmpPort}/live`
  return {
    server,
    rtmp: `${server}/${camera}?key=${key}`,
    rtsp: `rtsp://${here.hostname}:${ports.rtspPort}/${camera}?key=${key}`,
    ...(ports.rtmpsPort === undefined ? {} : { rtmps: `rtmps://${here.hostname}:${ports.rtmpsPort}/live/${camera}?key=${key}` }),
    ...(ports.rtspsPort === undefined ? {} : { rtsps: `rtsps://${here.hostname}:${ports.rtspsPort}/${camera}?key=${key}` }),
  }
}
