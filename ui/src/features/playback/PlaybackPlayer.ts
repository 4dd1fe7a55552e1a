import Hls, { type Fragment, type LevelDetails } from 'hls.js'

export type PlaybackState =
  | { kind: 'idle' }
  | { kind: 'loading' }
  | { kind: 'playing' }
  | { kind: 'paused' }
  /** Nothing is recorded from `atMs` on within the window that was asked for. */
  | { kind: 'empty'; atMs: number }
  | { kind: 'failed'; detail: string }

type Listener = {
  onState(state: PlaybackState): void
  /** @param atMs wall clock of the picture shown, epoch milliseconds */
  onTime(atMs: number): void
}

/** How much recording one playlist covers. Long enough to play on, short enough to load at once. */
export const WINDOW_MS = 30 * 60 * 1000
/** Begins this much before the wanted instant, so that stepping back needs no new playlist. */
const LEAD_MS = 60 * 1000

/**
 * Plays the recordings of one camera by wall clock: windows of a VOD playlist in one video element, loaded
 * as the play head reaches them. Gaps are jumped over; the listener hears the true time of every picture.
 */
export class PlaybackPlayer {
  private hls?: Hls
  private details?: LevelDetails
  private window?: { fromMs: number; untilMs: number }
  private wantedMs = 0
  private wantsToPlay = false
  private timer?: number
  private rate = 1

  /** @param playlistUrl of a range of epoch milliseconds */
  constructor(
    private readonly video: HTMLVideoElement,
    private readonly playlistUrl: (fromMs: number, untilMs: number) => string,
    private readonly listener: Listener,
  ) {
    video.addEventListener('ended', this.onEnded)
    video.addEventListener('playing', this.onPlaying)
    video.addEventListener('pause', this.onPaused)
  }

  close(): void {
    window.clearInterval(this.timer)
    this.video.removeEventListener('ended', this.onEnded)
    this.video.removeEventListener('playing', this.onPlaying)
    this.video.removeEventListener('pause', this.onPaused)
    this.hls?.destroy()
  }

  /** Shows the picture at `atMs`, or the first one recorded after it. Keeps playing if it was. */
  seek(atMs: number): void {
    this.wantedMs = atMs
    if (this.window && this.details && atMs >= this.window.fromMs && atMs < this.window.untilMs) {
      this.showWanted()
      return
    }
    this.load(atMs - LEAD_MS)
  }

  play(): void {
    this.wantsToPlay = true
    void this.video.play().catch(() => undefined)
  }

  pause(): void {
    this.wantsToPlay = false
    this.video.pause()
  }

  /** @param rate 0.5..16 */
  setRate(rate: number): void {
    this.rate = rate
    this.video.playbackRate = rate
  }

  /** One picture on or back; pauses. */
  step(direction: 1 | -1, fps: number): void {
    this.pause()
    this.video.currentTime = Math.max(0, this.video.currentTime + direction / (fps > 0 ? fps : 25))
  }

  /** Wall clock of the picture shown. */
  shownAt(): number | undefined {
    const fragment = this.fragmentAt(this.video.currentTime)
    if (!fragment?.programDateTime) return undefined
    return fragment.programDateTime + (this.video.currentTime - fragment.start) * 1000
  }

  private load(fromMs: number): void {
    this.hls?.destroy()
    this.details = undefined
    this.window = { fromMs, untilMs: fromMs + WINDOW_MS }
    this.listener.onState({ kind: 'loading' })
    const hls = new Hls({ maxBufferLength: 20, maxMaxBufferLength: 40, backBufferLength: 60 })
    this.hls = hls
    hls.on(Hls.Events.LEVEL_LOADED, (_, { details }) => {
      this.details = details
      this.showWanted()
    })
    hls.on(Hls.Events.ERROR, (_, data) => {
      if (!data.fatal) return
      if (data.response?.code === 404) this.listener.onState({ kind: 'empty', atMs: this.wantedMs })
      else if (data.type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError()
      else this.listener.onState({ kind: 'failed', detail: data.details })
    })
    hls.loadSource(this.playlistUrl(fromMs, fromMs + WINDOW_MS))
    hls.attachMedia(this.video)
    window.clearInterval(this.timer)
    this.timer = window.setInterval(() => this.reportTime(), 100)
  }

  private showWanted(): void {
    const fragments = this.details?.fragments ?? []
    const found = fragments.find((one) => endOf(one) > this.wantedMs)
    if (!found?.programDateTime) {
      this.listener.onState({ kind: 'empty', atMs: this.wantedMs })
      return
    }
    const into = Math.max(0, this.wantedMs - found.programDateTime) / 1000
    this.video.currentTime = found.start + into
    this.video.playbackRate = this.rate
    if (this.wantsToPlay) this.play()
  }

  private fragmentAt(seconds: number): Fragment | undefined {
    return this.details?.fragments.find((one) => seconds >= one.start && seconds < one.end)
  }

  private reportTime(): void {
    const atMs = this.shownAt()
    if (atMs !== undefined && !this.video.seeking) this.listener.onTime(atMs)
  }

  private readonly onEnded = (): void => {
    if (!this.window) return
    this.wantedMs = this.window.untilMs
    this.load(this.window.untilMs)
  }

  private readonly onPlaying = (): void => this.listener.onState({ kind: 'playing' })

  private readonly onPaused = (): void => this.listener.onState({ kind: 'paused' })
}

function endOf(fragment: Fragment): number {
  return (fragment.programDateTime ?? 0) + fragment.duration * 1000
}
