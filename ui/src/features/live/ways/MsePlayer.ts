import type { Format } from '@/api'
import { empty, type Ending, type LivePlayer, type PlayerListener, type PlayerStats } from './LivePlayer'
import { LiveLag } from './LiveLag'
import type { LiveMessage } from './liveMessages'
import { PictureWatch } from './PictureWatch'

/** Behind by more than this: jump. */
const JUMP_LAG_S = 2.5
const KEEP_BEHIND_S = 10
const MAX_WAITING_BYTES = 16 << 20
const REFUSED = { 4401: 'signedOut', 4404: 'noRight', 4408: 'tooSlow' } as const

/** What plays fragmented MP4 that comes piece by piece; an iPhone has the managed kind alone. */
export function mediaSourceType(): typeof MediaSource | undefined {
  return window.ManagedMediaSource ?? window.MediaSource
}

/**
 * Plays one live WebSocket of fragmented MP4 through Media Source Extensions. Owns the socket, the media
 * source and a timer; latency is kept by catching up.
 */
export class MsePlayer implements LivePlayer {
  private socket?: WebSocket
  private source?: MediaSource
  private buffer?: SourceBuffer
  private waiting: ArrayBuffer[] = []
  private waitingBytes = 0
  private format?: Format
  private clock?: { mediaMs: number; wallMs: number }
  private serverStats = { fps: 0, bitrateBps: 0, dropped: 0 }
  private tickTimer?: number
  private objectUrl?: string
  private opened = false
  private over = false
  private readonly pictures: PictureWatch
  private readonly lag = new LiveLag()

  /** @param whyClosed asked when the socket does not even open */
  constructor(
    private readonly video: HTMLVideoElement,
    private readonly url: string,
    private readonly whyClosed: () => Promise<Ending>,
    private readonly listener: PlayerListener,
  ) {
    this.pictures = new PictureWatch(video, listener)
  }

  start(): void {
    this.tickTimer = window.setInterval(() => this.tick(), 250)
    const socket = new WebSocket(this.url)
    socket.binaryType = 'arraybuffer'
    this.socket = socket
    socket.onopen = () => (this.opened = true)
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (this.over) return
      if (typeof data === 'string') this.receiveText(JSON.parse(data) as LiveMessage)
      else this.receiveMedia(data)
    }
    socket.onclose = ({ code }) => void this.closed(code)
    this.video.onerror = () => this.decoderFailed()
    this.video.onwaiting = () => this.ranDry()
  }

  halt(): void {
    this.over = true
    window.clearInterval(this.tickTimer)
    this.video.onerror = null
    this.video.onwaiting = null
    this.socket?.close()
    this.waiting = []
    this.waitingBytes = 0
  }

  close(): void {
    this.halt()
    this.buffer = undefined
    this.source = undefined
    if (this.objectUrl) URL.revokeObjectURL(this.objectUrl)
    empty(this.video)
  }

  isSettled(): boolean {
    const { video } = this
    const at = video.buffered.length - 1
    return !video.seeking && at >= 0 && video.buffered.end(at) - video.currentTime <= JUMP_LAG_S
  }

  shownAt(): number | undefined {
    if (!this.clock) return undefined
    return this.clock.wallMs + (this.video.currentTime * 1000 - this.clock.mediaMs)
  }

  stats(): Promise<PlayerStats> {
    const { video } = this
    const shown = this.shownAt()
    const end = video.buffered.length > 0 ? video.buffered.end(video.buffered.length - 1) : video.currentTime
    return Promise.resolve({
      ...this.serverStats,
      bufferedS: end - video.currentTime,
      delayMs: shown === undefined ? undefined : Math.max(0, Date.now() - shown),
    })
  }

  private end(ending: Ending): void {
    if (this.over) return
    this.halt()
    this.listener.onEnded(ending)
  }

  private async closed(code: number): Promise<void> {
    if (this.over) return
    if (code in REFUSED) this.end({ kind: 'refused', why: REFUSED[code as keyof typeof REFUSED] })
    else this.end(this.opened ? { kind: 'lost' } : await this.whyClosed())
  }

  /** What never showed a picture is not decoded here; what did may do so again after a key frame. */
  private decoderFailed(): void {
    this.end(this.pictures.began ? { kind: 'lost' } : { kind: 'unfit', obstacle: { kind: 'video', codec: this.format?.video?.codec } })
  }

  private receiveText(message: LiveMessage): void {
    switch (message.type) {
      case 'init':
        if (this.source) this.end({ kind: 'changed' })
        else this.openSource(message.mime, message.format)
        break
      case 'time':
        this.clock = { mediaMs: message.mediaMs, wallMs: Date.parse(message.wallTime) }
        break
      case 'stats':
        this.serverStats = { fps: message.fps, bitrateBps: message.bitrateBps, dropped: message.dropped }
        break
      case 'state':
        this.listener.onWaiting()
        break
      case 'dropped':
        this.serverStats.dropped += message.count
        break
    }
  }

  private openSource(mime: string, format: Format): void {
    this.format = format
    this.listener.onFormat(format)
    const MediaSourceType = mediaSourceType()
    if (!MediaSourceType?.isTypeSupported(mime)) {
      this.decoderFailed()
      return
    }
    const source = new MediaSourceType()
    this.source = source
    this.objectUrl = URL.createObjectURL(source)
    this.video.disableRemotePlayback = true // ManagedMediaSource opens only without AirPlay
    this.video.src = this.objectUrl
    source.addEventListener('sourceopen', () => {
      if (this.source !== source || this.over) return
      this.buffer = source.addSourceBuffer(mime)
      this.buffer.addEventListener('updateend', () => {
        if (!this.pictures.began) this.keepUp() // the GOP that comes first is of the past
        this.appendNext()
      })
      this.appendNext()
    })
  }

  private receiveMedia(data: ArrayBuffer): void {
    if (!this.source) return
    this.waiting.push(data)
    this.waitingBytes += data.byteLength
    if (this.waitingBytes > MAX_WAITING_BYTES) this.end({ kind: 'lost' }) // the decoder cannot follow: begin again at a key frame
    else this.appendNext()
  }

  private appendNext(): void {
    const buffer = this.buffer
    if (this.over || !buffer || buffer.updating || this.source?.readyState !== 'open') return
    const next = this.waiting.shift()
    if (!next) return
    this.waitingBytes -= next.byteLength
    try {
      buffer.appendBuffer(next)
    } catch {
      this.decoderFailed() // quota or decode error: a fresh connection is a fresh start
    }
  }

  private tick(): void {
    const { video, buffer } = this
    if (!buffer || video.buffered.length === 0) return
    this.keepUp()
    if (video.paused) void video.play().catch(() => undefined)
    this.pictures.look()
    this.evict(buffer)
  }

  private keepUp(): void {
    const { video } = this
    if (video.buffered.length === 0) return
    const end = video.buffered.end(video.buffered.length - 1)
    const start = video.buffered.start(video.buffered.length - 1)
    const behind = end - video.currentTime
    if (video.currentTime < start || behind > JUMP_LAG_S) {
      video.currentTime = Math.max(start, end - this.lag.seconds)
    }
    video.playbackRate = this.lag.rate(behind)
  }

  /** A play head that waits where it was put has not run dry, nor one whose first pictures are on their way. */
  private ranDry(): void {
    if (this.pictures.began && !this.video.seeking) this.lag.ranDry()
  }

  private evict(buffer: SourceBuffer): void {
    const first = buffer.buffered.length > 0 ? buffer.buffered.start(0) : 0
    const until = this.video.currentTime - KEEP_BEHIND_S
    if (!buffer.updating && until - first > KEEP_BEHIND_S) buffer.remove(first, until)
  }
}
