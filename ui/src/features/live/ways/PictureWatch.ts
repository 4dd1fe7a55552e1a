import type { PlayerListener } from './LivePlayer'

/** Cameras send one picture a second at least, and a network needs a moment to mend itself. */
const PATIENCE_MS = 4000

/** Says whether the pictures of a video element move. Looked at a few times a second by whoever plays it. */
export class PictureWatch {
  private frames = 0
  private movedAt = 0

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly listener: PlayerListener,
  ) {}

  /** Whether there was a picture at all. */
  get began(): boolean {
    return this.frames > 0
  }

  look(nowMs = performance.now()): void {
    const frames = this.video.getVideoPlaybackQuality().totalVideoFrames
    // A page that nobody sees draws nothing: that is no standstill.
    if (frames !== this.frames || document.hidden) this.movedAt = nowMs
    this.frames = frames
    if (!this.began) return
    if (nowMs - this.movedAt < PATIENCE_MS) this.listener.onPlaying()
    else this.listener.onWaiting()
  }
}
