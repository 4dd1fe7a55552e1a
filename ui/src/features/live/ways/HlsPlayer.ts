import type Hls from 'hls.js'
import type { ErrorData } from 'hls.js'
import { empty, type Ending, type LivePlayer, type PlayerListener, type PlayerStats } from './LivePlayer'
import { mediaSourceType } from './MsePlayer'
import { PictureWatch } from './PictureWatch'

export const HLS_TYPE = 'application/vnd.apple.mpegurl'

/** Safari has the date of a playlist's beginning as a method of its own. */
type DatedVideo = HTMLVideoElement & { getStartDate?: () => Date }

/** Whether the browser is left to play HLS by itself: where pages have no media source but the managed one, on an iPhone. */
export function playsHlsItself(): boolean {
  return window.MediaSource === undefined && document.createElement('video').canPlayType(HLS_TYPE) !== ''
}

/** Plays one stream by (Low-Latency) HLS: with hls.js, or by the browser's own means. */
export class HlsPlayer implements LivePlayer {
  private hls?: Hls
  private readonly pictures: PictureWatch
  private tickTimer?: number
  private mended = false
  private over = false
  private bytes = 0
  private before?: { bytes: number; frames: number; atMs: number }

  /** @param whyFailed asked when something does not load; @param lowLatency parts and blocking reloads, which hold a connection all the time */
  constructor(
    private readonly video: HTMLVideoElement,
    private readonly url: string,
    private readonly lowLatency: boolean,
    private readonly whyFailed: () => Promise<Ending>,
    private readonly listener: PlayerListener,
  ) {
    this.pictures = new PictureWatch(video, listener)
  }

  start(): void {
    this.tickTimer = window.setInterval(() => this.tick(), 500)
    if (playsHlsItself()) {
      this.video.onerror = () => void this.failed(this.video.error?.code === MediaError.MEDIA_ERR_DECODE)
      this.video.src = this.url
    } else {
      void this.load().catch(() => this.end({ kind: 'lost' }))
    }
  }

  halt(): void {
    this.over = true
    window.clearInterval(this.tickTimer)
    this.video.onerror = null
    this.hls?.stopLoad()
  }

  close(): void {
    this.halt()
    this.hls?.destroy()
    empty(this.video)
  }

  isSettled(): boolean {
    return !this.video.seeking
  }

  shownAt(): number | undefined {
    const start = (this.video as DatedVideo).getStartDate?.().getTime()
    if (start !== undefined && Number.isFinite(start)) return start + this.video.currentTime * 1000
    return this.hls?.playingDate?.getTime()
  }

  stats(): Promise<PlayerStats> {
    const { video, before } = this
    const quality = video.getVideoPlaybackQuality()
    const now = { bytes: this.bytes, frames: quality.totalVideoFrames, atMs: performance.now() }
    this.before = now
    const perSecond = (later: number, earlier: number) => (before ? (1000 * (later - earlier)) / (now.atMs - before.atMs) : undefined)
    const shown = this.shownAt()
    const end = video.buffered.length > 0 ? video.buffered.end(video.buffered.length - 1) : video.currentTime
    return Promise.resolve({
      fps: perSecond(now.frames, before?.frames ?? 0),
      bitrateBps: this.hls && perSecond(8 * now.bytes, 8 * (before?.bytes ?? 0)),
      dropped: quality.droppedVideoFrames,
      bufferedS: end - video.currentTime,
      delayMs: shown === undefined ? undefined : Math.max(0, Date.now() - shown),
    })
  }

  private async load(): Promise<void> {
    const { default: HlsType } = await import('hls.js')
    if (this.over) return
    const hls = new HlsType({
      lowLatencyMode: this.lowLatency,
      maxLiveSyncPlaybackRate: this.lowLatency ? 1.5 : 1.1, // catches up after a stall
      backBufferLength: 10,
      preferManagedMediaSource: mediaSourceType() !== window.MediaSource,
    })
    this.hls = hls
    hls.on(HlsType.Events.ERROR, (_, error) => this.error(error, HlsType))
    hls.on(HlsType.Events.FRAG_LOADED, (_, { frag, part }) => (this.bytes += (part ?? frag).stats.loaded))
    hls.loadSource(this.url)
    hls.attachMedia(this.video)
  }

  private error({ fatal, type, response }: ErrorData, HlsType: typeof Hls): void {
    if (!fatal || this.over) return
    if (type === HlsType.ErrorTypes.MEDIA_ERROR && this.pictures.began && !this.mended) {
      this.mended = true // once: what fails again begins anew
      this.hls?.recoverMediaError()
    } else if (type === HlsType.ErrorTypes.NETWORK_ERROR && response?.code === 503) {
      this.end({ kind: 'away' })
    } else {
      void this.failed(type === HlsType.ErrorTypes.MEDIA_ERROR || type === HlsType.ErrorTypes.MUX_ERROR)
    }
  }

  private async failed(byDecoder: boolean): Promise<void> {
    if (this.over) return
    if (byDecoder) {
      this.end(this.pictures.began ? { kind: 'lost' } : { kind: 'unfit', obstacle: { kind: 'video' } })
      return
    }
    const why = await this.whyFailed()
    this.end(why.kind === 'unfit' ? { kind: 'lost' } : why) // what the network lets through at all, it lets through as HLS
  }

  private end(ending: Ending): void {
    if (this.over) return
    this.halt()
    this.listener.onEnded(ending)
  }

  private tick(): void {
    if (this.video.paused && this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) void this.video.play().catch(() => undefined)
    this.pictures.look()
  }
}
