import { send } from './http'

/** A WebRTC session that the server answered. */
export type WhepSession = {
  /** The answer to the offer (RFC 8866). */
  sdp: string
  /** Its address, to end it with. */
  session: string
  /** What will be missing from the picture or the sound: `audioCodecNotPlayable`, `picturesReordered`, … */
  remarks: string[]
}

/** WHEP (draft-ietf-wish-whep): live pictures by WebRTC. */
export const whep = {
  /** @param offer session description with all that the browser can receive */
  async play(camera: string, stream: 'main' | 'sub' | 'transcode', offer: string, signal: AbortSignal): Promise<WhepSession> {
    const response = await send(`/whep/${encodeURIComponent(camera)}/${stream}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/sdp' },
      body: offer,
      signal,
    })
    const remarks = response.headers.get('X-Pantau-Remarks') ?? ''
    return { sdp: await response.text(), session: response.headers.get('Location') ?? '', remarks: remarks.split(', ').filter((remark) => remark !== '') }
  },
  /** Outlives the page that asks. */
  leave: (session: string) => send(session, { method: 'DELETE', keepalive: true }),
}
