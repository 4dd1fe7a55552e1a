import type { Format } from '@/api'
import type { Codec } from '@/api/schema'

/** The ways a live picture reaches this browser, the best first: least delay, least work. */
export const WAYS = ['webrtc', 'mse', 'hls'] as const
export type Way = (typeof WAYS)[number]

/** `transcode`: the camera's stream made anew by the server as H.264, where nothing else can be shown. */
export type StreamName = 'main' | 'sub' | 'transcode'

/** Why a way is not taken. */
export type Obstacle =
  /** The browser does not have it. */
  | { kind: 'browser' }
  /** Pictures in this codec are not decoded on this way. */
  | { kind: 'video'; codec?: Codec }
  /** Somebody listens, and this way does not carry the sound. */
  | { kind: 'sound'; codec?: Codec }
  /** The network lets other requests through, but not this. */
  | { kind: 'network' }
  /** The server has as many viewers of this kind as it takes. */
  | { kind: 'full' }
  /** Pictures are stored in another order than shown, which this way shows jerkily. */
  | { kind: 'reordered' }

export type Refusal = 'signedOut' | 'noRight' | 'tooSlow'

/** How an attempt ended by itself. */
export type Ending =
  | { kind: 'lost' }
  /** Nothing comes from the camera. */
  | { kind: 'away' }
  /** The stream has another decoder configuration now: a new attempt plays it. */
  | { kind: 'changed' }
  | { kind: 'unfit'; obstacle: Obstacle }
  | { kind: 'refused'; why: Refusal }

export type PlayerListener = {
  /** Pictures move; told again and again. */
  onPlaying(): void
  /** Connected, but no picture comes. */
  onWaiting(): void
  onFormat(format: Format): void
  /** Called once at most, and not after `halt`. */
  onEnded(ending: Ending): void
}

/** Figures of the statistics overlay; what a way cannot tell is absent. Times in seconds unless the name says otherwise. */
export type PlayerStats = {
  fps?: number
  bitrateBps?: number
  dropped?: number
  bufferedS?: number
  delayMs?: number
}

/**
 * One attempt to play one stream in one video element. It reconnects nothing: what fails ends as a whole, and
 * the next attempt is a fresh player.
 */
export interface LivePlayer {
  start(): void
  /** Ends all traffic; the last picture stays. */
  halt(): void
  /** Gives the video element back, empty. */
  close(): void
  /** Whether it can be shown: no jump is due, after which the picture would be gone for a moment. */
  isSettled(): boolean
  /** The wall clock of the picture shown now, in epoch milliseconds. */
  shownAt(): number | undefined
  stats(): Promise<PlayerStats>
}

/** Takes from a video element whatever it plays. */
export function empty(video: HTMLVideoElement): void {
  video.srcObject = null
  video.removeAttribute('src')
  video.load()
}
