/** What a router forwards, in the order of the form. */
export const PORTS = ['http', 'https', 'rtsp', 'rtsps', 'rtmp', 'rtmps', 'webrtc'] as const
export type PortName = (typeof PORTS)[number]

/** As the form shows it: empty for the server's own. */
export const portText = (port: number | null | undefined) => (port == null ? '' : String(port))

/** @returns undefined for an empty field: the server's own port; null for what is no port */
export function portOf(text: string): number | undefined | null {
  const written = text.trim()
  if (written === '') return undefined
  const port = Number(written)
  return /^\d{1,5}$/.test(written) && port >= 1 && port <= 65_535 ? port : null
}
