import { describe, expect, it } from 'vitest'
import { pictureTime } from './pictureTime'
import { SeenBuffer } from './SeenBuffer'

const NEWEST = Date.parse('2026-11-21T07:00:00Z')

describe('the time of a picture', () => {
  const buffer = new SeenBuffer()
  buffer.add({ at: new Date(NEWEST).toISOString(), motion: 0, blobs: [], tracks: [] }, NEWEST + 200)

  it("is what MSE and HLS say, by the server's clock", () => {
    expect(pictureTime({ way: 'mse', shownAtMs: NEWEST - 5000, captureTime: undefined, behindMs: 0 }, buffer)).toBe(NEWEST - 5000)
  })

  it('is earlier where the picture on the screen is behind the play head', () => {
    expect(pictureTime({ way: 'hls', shownAtMs: NEWEST - 5000, captureTime: undefined, behindMs: 300 }, buffer)).toBe(NEWEST - 5300)
  })

  it('is what the server reports over WebRTC, else its delay measured', () => {
    const takenMs = performance.timeOrigin + 1000
    const near = new SeenBuffer()
    expect(pictureTime({ way: 'webrtc', shownAtMs: takenMs + 100, captureTime: 1000, behindMs: 0 }, near)).toBe(takenMs)
    expect(pictureTime({ way: 'webrtc', shownAtMs: undefined, captureTime: 1000, behindMs: 0 }, near)).toBe(takenMs)
    expect(pictureTime({ way: 'webrtc', shownAtMs: NEWEST + 1, captureTime: undefined, behindMs: 0 }, near)).toBe(NEWEST + 1)
  })

  it('is not what a server reports that has no wall clock', () => {
    expect(pictureTime({ way: 'webrtc', shownAtMs: performance.timeOrigin + 60_000, captureTime: 1000, behindMs: 0 }, new SeenBuffer())).toBe(performance.timeOrigin + 60_000)
  })

  it('is that of the newest look where no clock is', () => {
    expect(pictureTime({ way: undefined, shownAtMs: undefined, captureTime: undefined, behindMs: 0 }, buffer)).toBe(NEWEST)
  })
})
