import type { Format } from '@/api'
import type { LiveMessage } from './liveMessages'

/** What a tile shows about its stream. `detail` texts come from keys, not from here. */
export type LiveState =
  | { kind: 'connecting' }
  | { kind: 'playing' }
  | { kind: 'camera'; phase: string; reason?: string; detail?: string; nextAttemptAt?: string }
  | { kind: 'unsupported'; mime: string; format?: Format }
  | { kind: 'lost'; retryAt: number }
  | { kind: 'refused'; why: 'signedOut' | 'noRight' | 'tooSlow' }

/** Figures of the statistics overlay; times in seconds unless the name says otherwise. */
export type LiveStats = {
  mime: string
  format?: Format
  fps: number
  bitrateBps: number
  dropped: number
  bufferedS: number
  delayMs?: number
}

type Listener = { onState(state: LiveState): void; onStats(stats: LiveStats): void }

/** Seconds of picture to keep ahead of the play head: enough for network jitter, too little to notice. */
const TARGET_LAG_S = 0.3
/** Behind by more than this: play a little faster. */
const HURRY_LAG_S = 0.8
/** Behind by more than this: jump. */
const JUMP_LAG_S = 2.5
const KEEP_BEHIND_S = 10
const MAX_WAITING_BYTES = 16 << 20
const RETRY_FIRST_MS = 500
const RETRY_LONGEST_MS = 8000

/**
 * Plays one live WebSocket of fragmented MP4 in one video element through Media Source Extensions. Owns
 * the socket, the media source and the timers from `start` to `stop`; latency is kept by catching up.
 */
export class LivePlayer {
  private socket?: WebSocket
  private source?: MediaSource
  private buffer?: SourceBuffer
  private waiting: ArrayBuffer[] = []
  private waitingBytes = 0
  private mime = ''
  private format?: Format
  private clock?: { mediaMs: number; wallMs: number }
  private serverStats = { fps: 0, bitrateBps: 0, dropped: 0 }
  private retryMs = RETRY_FIRST_MS
  private retryTimer?: number
  private tickTimer?: number
  private objectUrl?: string
  private stopped = true
  /** Counts connections, so that a late answer of an old one is ignored. */
  private generation = 0

  /** @param url asked anew before every connection, so that a fresh ticket can be put in */
  constructor(
    private readonly video: HTMLVideoElement,
    private readonly url: () => Promise<string>,
    private readonly listener: Listener,
  ) {}

  start(): void {
    this.stopped = false
    this.tickTimer = window.setInterval(() => this.tick(), 250)
    void this.connect()
  }

  stop(): void {
    this.stopped = true
    this.generation++
    window.clearInterval(this.tickTimer)
    window.clearTimeout(this.retryTimer)
    this.socket?.close()
    this.releaseSource()
  }

  /** The wall clock of the picture shown now, in epoch milliseconds. */
  shownAt(): number | undefined {
    if (!this.clock) return undefined
    return this.clock.wallMs + (this.video.currentTime * 1000 - this.clock.mediaMs)
  }

  private async connect(): Promise<void> {
    const generation = ++this.generation
    this.listener.onState({ kind: 'connecting' })
    let url: string
    try {
      url = await this.url()
    } catch {
      this.retry(generation)
      return
    }
    if (this.stopped || generation !== this.generation) return
    const socket = new WebSocket(url)
    socket.binaryType = 'arraybuffer'
    this.socket = socket
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (generation !== this.generation) return
      if (typeof data === 'string') this.receiveText(JSON.parse(data) as LiveMessage)
      else this.receiveMedia(data)
    }
    socket.onclose = ({ code }) => this.closed(generation, code)
  }

  private closed(generation: number, code: number): void {
    if (this.stopped || generation !== this.generation) return
    const refused = { 4401: 'signedOut', 4404: 'noRight', 4408: 'tooSlow' } as const
    if (code in refused) {
      this.listener.onState({ kind: 'refused', why: refused[code as keyof typeof refused] })
      if (code !== 4408) return
    }
    this.retry(generation)
  }

  private retry(generation: number): void {
    if (this.stopped || generation !== this.generation) return
    const wait = this.retryMs * (0.5 + Math.random() / 2)
    this.retryMs = Math.min(this.retryMs * 2, RETRY_LONGEST_MS)
    this.listener.onState({ kind: 'lost', retryAt: Date.now() + wait })
    this.retryTimer = window.setTimeout(() => void this.connect(), wait)
  }

  private receiveText(message: LiveMessage): void {
    switch (message.type) {
      case 'init':
        this.mime = message.mime
        this.format = message.format
        this.openSource()
        break
      case 'time':
        this.clock = { mediaMs: message.mediaMs, wallMs: Date.parse(message.wallTime) }
        break
      case 'stats':
        this.serverStats = message
        break
      case 'state':
        this.listener.onState({ kind: 'camera', ...message })
        break
      case 'dropped':
        this.serverStats.dropped += message.count
        break
    }
  }

  private openSource(): void {
    this.releaseSource()
    const MediaSourceType = window.ManagedMediaSource ?? window.MediaSource
    if (!MediaSourceType?.isTypeSupported(this.mime)) {
      this.listener.onState({ kind: 'unsupported', mime: this.mime, format: this.format })
      this.generation++
      this.socket?.close()
      return
    }
    const source = new MediaSourceType()
    this.source = source
    this.objectUrl = URL.createObjectURL(source)
    this.video.disableRemotePlayback = true // ManagedMediaSource opens only without AirPlay
    this.video.src = this.objectUrl
    source.addEventListener('sourceopen', () => {
      if (this.source !== source) return
      this.buffer = source.addSourceBuffer(this.mime)
      this.buffer.addEventListener('updateend', () => this.appendNext())
      this.appendNext()
    })
  }

  private receiveMedia(data: ArrayBuffer): void {
    if (!this.source) return
    this.waiting.push(data)
    this.waitingBytes += data.byteLength
    if (this.waitingBytes > MAX_WAITING_BYTES) {
      this.socket?.close() // the decoder cannot follow: begin again at a key frame
      return
    }
    this.appendNext()
  }

  private appendNext(): void {
    const buffer = this.buffer
    if (!buffer || buffer.updating || this.source?.readyState !== 'open') return
    const next = this.waiting.shift()
    if (!next) return
    this.waitingBytes -= next.byteLength
    try {
      buffer.appendBuffer(next)
    } catch {
      this.socket?.close() // quota or decode error: a fresh connection is a fresh start
    }
  }

  private tick(): void {
    const { video, buffer } = this
    if (!buffer || video.buffered.length === 0) return
    const end = video.buffered.end(video.buffered.length - 1)
    const start = video.buffered.start(video.buffered.length - 1)
    const lag = end - video.currentTime
    if (video.currentTime < start || lag > JUMP_LAG_S) {
      video.currentTime = Math.max(start, end - TARGET_LAG_S)
    }
    video.playbackRate = lag > HURRY_LAG_S ? 1.1 : 1
    if (video.paused) void video.play().catch(() => undefined)
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
      this.retryMs = RETRY_FIRST_MS
      this.listener.onState({ kind: 'playing' })
    }
    this.evict(buffer)
    this.listener.onStats(this.stats(end))
  }

  private evict(buffer: SourceBuffer): void {
    const first = buffer.buffered.length > 0 ? buffer.buffered.start(0) : 0
    const until = this.video.currentTime - KEEP_BEHIND_S
    if (!buffer.updating && until - first > KEEP_BEHIND_S) buffer.remove(first, until)
  }

  private stats(end: number): LiveStats {
    const shown = this.shownAt()
    return {
      mime: this.mime,
      format: this.format,
      fps: this.serverStats.fps,
      bitrateBps: this.serverStats.bitrateBps,
      dropped: this.serverStats.dropped,
      bufferedS: end - this.video.currentTime,
      delayMs: shown === undefined ? undefined : Math.max(0, Date.now() - shown),
    }
  }

  private releaseSource(): void {
    this.waiting = []
    this.waitingBytes = 0
    this.buffer = undefined
    this.source = undefined
    this.clock = undefined
    if (this.objectUrl) {
      URL.revokeObjectURL(this.objectUrl)
      this.objectUrl = undefined
      this.video.removeAttribute('src')
      this.video.load()
    }
  }
}
