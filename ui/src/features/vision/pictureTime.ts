import type { SeenBuffer } from './SeenBuffer'

/** What is known of when the picture on the screen was taken. */
export type PictureClock = {
  way: string | undefined
  /** As the player tells it: by the server's clock, except for WebRTC, whose delay is measured by the browser's. */
  shownAtMs: number | undefined
  /** Of `requestVideoFrameCallback`, by the page's clock; WebRTC has it where the server reports its own times. */
  captureTime: number | undefined
  /** How far the picture is behind the play head: decoders that cannot follow show old ones. */
  behindMs: number
}

/** A server whose reported times are further from the delay measured than this has no wall clock in them. */
const MOST_APART_MS = 2_000

/**
 * When the picture on the screen was taken, by the server's clock, in epoch milliseconds. Without any clock it is
 * taken for the newest that was looked at.
 */
export function pictureTime({ way, shownAtMs, captureTime, behindMs }: PictureClock, buffer: SeenBuffer): number | undefined {
  if (way === 'webrtc' && captureTime !== undefined) {
    const takenMs = performance.timeOrigin + captureTime
    if (Math.abs(takenMs - (shownAtMs ?? takenMs)) <= MOST_APART_MS) return buffer.serverTime(takenMs)
  }
  if (shownAtMs === undefined) return buffer.newestMs
  return way === 'webrtc' ? buffer.serverTime(shownAtMs) : shownAtMs - behindMs
}
