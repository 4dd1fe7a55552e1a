import type { Format } from '@/api'

/** The text messages of the live WebSocket; binary messages are the init segment and fragments. */
export type LiveMessage =
  | { type: 'init'; mime: string; format: Format; wallTime: string }
  | { type: 'time'; mediaMs: number; wallTime: string }
  | { type: 'stats'; fps: number; bitrateBps: number; dropped: number; delayMs: number }
  | { type: 'state'; phase: string; reason?: string; detail?: string; nextAttemptAt?: string }
  | { type: 'dropped'; count: number }

declare global {
  interface Window {
    /** Safari on iPhone has this in place of MediaSource. */
    ManagedMediaSource?: typeof MediaSource
  }
  interface HTMLVideoElement {
    /** An iPhone has this in place of `requestFullscreen`. */
    webkitEnterFullscreen?(): void
  }
}
