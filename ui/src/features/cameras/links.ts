import type { StreamPorts } from '@/api'

/** An address of a stream for another program. */
export type Link = { kind: 'rtsp' | 'rtsps' | 'rtmp' | 'rtmps' | 'whep' | 'hls' | 'hlsAll' | 'flv'; url: string }

/** The page's own address, as `window.location` has it. */
type Here = { origin: string; hostname: string }

/**
 * The same from outside the server's network: the public name, and the router's ports where they differ.
 * @returns undefined where the site has no public name
 */
export function outside(here: Here, ports: StreamPorts): { here: Here; ports: StreamPorts } | undefined {
  const { publicHost, publicPorts = {} } = ports
  if (publicHost === undefined) return undefined
  const page = new URL(here.origin)
  const port = (page.protocol === 'https:' ? publicPorts.https : publicPorts.http) ?? page.port
  const usual = page.protocol === 'https:' ? 443 : 80
  return {
    here: { origin: `${page.protocol}//${publicHost}${port === '' || Number(port) === usual ? '' : `:${port}`}`, hostname: publicHost },
    ports: {
      ...ports,
      rtspPort: publicPorts.rtsp ?? ports.rtspPort,
      rtmpPort: publicPorts.rtmp ?? ports.rtmpPort,
      httpsPort: ports.httpsPort && (publicPorts.https ?? ports.httpsPort),
      rtspsPort: ports.rtspsPort && (publicPorts.rtsps ?? ports.rtspsPort),
      rtmpsPort: ports.rtmpsPort && (publicPorts.rtmps ?? ports.rtmpsPort),
    },
  }
}

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
