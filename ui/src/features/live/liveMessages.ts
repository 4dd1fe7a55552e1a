/** What a stream carries, as the server says it. */
export type Format = {
  video?: { codec: 'H264' | 'H265'; widthPx: number; heightPx: number; fps: number }
  audio?: { codec: string; sampleRateHz: number; channels: number }
}

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
}
