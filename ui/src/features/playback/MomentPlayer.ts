import Hls, { type LevelDetails } from 'hls.js'

/** Instants are epoch milliseconds; `untilMs` is exclusive. */
export type MomentSpan = { fromMs: number; untilMs: number }
export type MomentListener = {
  /** The first picture is there. */
  onPlaying(): void
  /** Nothing of it is recorded, or this browser cannot play it. */
  onNothing(): void
}

/** Plays a few seconds of one camera's recordings in a loop and without sound, until it is closed. */
export class MomentPlayer {
  private readonly hls = new Hls({ maxBufferLength: 10, maxMaxBufferLength: 30 })
  /** Where the span lies in the media, seconds. */
  private beginS = 0
  private endS = Infinity
  private begun = false

  /** @param url of the playlist of the span; what it lists may begin before it and end after it */
  constructor(
    private readonly video: HTMLVideoElement,
    url: string,
    private readonly span: MomentSpan,
    private readonly listener: MomentListener,
  ) {
    video.muted = true
    video.addEventListener('playing', this.onPlaying)
    video.addEventListener('timeupdate', this.onTime)
    video.addEventListener('ended', this.again)
    this.hls.on(Hls.Events.LEVEL_LOADED, (_, { details }) => this.begin(details))
    this.hls.on(Hls.Events.ERROR, (_, { fatal }) => fatal && listener.onNothing())
    this.hls.loadSource(url)
    this.hls.attachMedia(video)
  }

  close(): void {
    this.video.removeEventListener('playing', this.onPlaying)
    this.video.removeEventListener('timeupdate', this.onTime)
    this.video.removeEventListener('ended', this.again)
    this.video.pause()
    this.hls.destroy()
  }

  private begin(details: LevelDetails): void {
    if (this.begun) return
    this.begun = true
    const span = placeOf(this.span, details.fragments)
    if (!span) {
      this.listener.onNothing()
      return
    }
    this.beginS = span.beginS
    this.endS = span.endS
    this.again()
  }

  private readonly again = (): void => {
    this.video.currentTime = this.beginS
    void this.video.play().catch(() => undefined)
  }

  private readonly onTime = (): void => {
    if (this.video.currentTime >= this.endS) this.again()
  }

  private readonly onPlaying = (): void => this.listener.onPlaying()
}

type Placed = { start: number; duration: number; programDateTime: number | null }

/** Where a span lies in the media of a playlist, in seconds; undefined when none of it is there. */
export function placeOf({ fromMs, untilMs }: MomentSpan, fragments: readonly Placed[]): { beginS: number; endS: number } | undefined {
  const within = fragments.flatMap(({ start, duration, programDateTime: atMs }) => (atMs !== null && atMs < untilMs && atMs + duration * 1000 > fromMs ? [{ start, duration, atMs }] : []))
  const first = within[0]
  const last = within.at(-1)
  if (!first || !last) return undefined
  return { beginS: first.start + Math.max(0, fromMs - first.atMs) / 1000, endS: last.start + Math.min(last.duration, (untilMs - last.atMs) / 1000) }
}
