import { ApiProblem, type WhepSession } from '@/api'
import { empty, type Ending, type LivePlayer, type PlayerListener, type PlayerStats } from './LivePlayer'
import { PictureWatch } from './PictureWatch'

/** A network that lets WebRTC through does so within this. */
const CONNECT_MS = 3000
/** Pictures that came and were not decoded for so long never will be. */
const DECODE_MS = 8000
const PICTURES_ENOUGH = 10
/** The server begins with the pictures it kept, all at once: rates are measured behind them. */
const BURST_MS = 1500

/** What is asked of the server, so that the tests need none. */
export type Whep = {
  play(offer: string, signal: AbortSignal): Promise<WhepSession>
  leave(session: string): Promise<unknown>
}

/** @param picky leaves pictures in another order than shown to other ways; @param listening wants sound, or this is not the way */
export type WebRtcOptions = { picky: boolean; listening: boolean }

/** The parts of the reports that are read here (W3C webrtc-stats); times in seconds. */
type Report = {
  id: string
  type: string
  kind?: string
  bytesReceived?: number
  framesReceived?: number
  framesDecoded?: number
  framesDropped?: number
  jitterBufferDelay?: number
  jitterBufferEmittedCount?: number
  totalProcessingDelay?: number
  selectedCandidatePairId?: string
  currentRoundTripTime?: number
}

/** Sums that grow from the session's start, to tell what happened since they were read last. */
type Sums = { atMs: number; bytes: number; decoded: number; processingS: number }

/** Plays one stream by WebRTC (WHEP). Owns the peer connection and a timer. */
export class WebRtcPlayer implements LivePlayer {
  private readonly peer = new RTCPeerConnection()
  private readonly stream = new MediaStream()
  private readonly leaving = new AbortController()
  private readonly pictures: PictureWatch
  private session?: string
  private connectTimer?: number
  private tickTimer?: number
  private connectedAt?: number
  private waiting = false
  private over = false
  private delayMs?: number
  private before?: Sums

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly whep: Whep,
    private readonly options: WebRtcOptions,
    private readonly listener: PlayerListener,
  ) {
    this.pictures = new PictureWatch(video, {
      ...listener,
      onPlaying: () => this.told(false),
      onWaiting: () => this.told(true),
    })
  }

  start(): void {
    const { peer, stream, video } = this
    peer.addTransceiver('video', { direction: 'recvonly' })
    peer.addTransceiver('audio', { direction: 'recvonly' })
    peer.ontrack = ({ track }) => stream.addTrack(track)
    peer.onconnectionstatechange = () => this.stateChanged()
    peer.oniceconnectionstatechange = () => this.stateChanged()
    video.srcObject = stream
    this.tickTimer = window.setInterval(() => this.tick(), 500)
    void this.negotiate().catch((cause: unknown) => this.end(endingOf(cause)))
  }

  halt(): void {
    if (this.over) return
    this.over = true
    window.clearInterval(this.tickTimer)
    window.clearTimeout(this.connectTimer)
    this.leaving.abort()
    const { session, peer } = this
    const ended = peer.connectionState === 'closed' || this.closedByServer()
    // First the request, then the goodbye: a session that is over is not found any more.
    const left = session !== undefined && !ended ? this.whep.leave(session).catch(() => undefined) : Promise.resolve()
    void left.then(() => peer.close())
  }

  close(): void {
    this.halt()
    empty(this.video)
  }

  isSettled(): boolean {
    return true
  }

  shownAt(): number | undefined {
    return this.delayMs === undefined ? undefined : Date.now() - this.delayMs
  }

  /**
   * The delay is that from the server to the screen: half the round trip, and from a picture's first packet to the
   * decoded picture. What a camera's pictures need to the server is not in it: WebRTC tells their wall clock to
   * nobody but the sound's.
   */
  async stats(): Promise<PlayerStats> {
    const reports = await this.reports()
    const video = inboundVideo(reports)
    if (!video) return {}
    const { before } = this
    const now = { atMs: performance.now(), bytes: video.bytesReceived ?? 0, decoded: video.framesDecoded ?? 0, processingS: video.totalProcessingDelay ?? 0 }
    const settling = this.connectedAt === undefined || now.atMs - this.connectedAt < BURST_MS
    if (settling || (before && now.atMs - before.atMs < 500)) return { delayMs: this.delayMs }
    this.before = now
    const pair = reports.find(({ type }) => type === 'transport')?.selectedCandidatePairId
    const roundTripS = reports.find(({ id }) => id === pair)?.currentRoundTripTime ?? 0
    const pictures = now.decoded - (before?.decoded ?? 0)
    if (pictures > 0) this.delayMs = 1000 * (roundTripS / 2 + (now.processingS - (before?.processingS ?? 0)) / pictures)
    const emitted = video.jitterBufferEmittedCount ?? 0
    return {
      fps: before && (1000 * pictures) / (now.atMs - before.atMs),
      bitrateBps: before && (8000 * (now.bytes - before.bytes)) / (now.atMs - before.atMs),
      dropped: video.framesDropped,
      bufferedS: emitted > 0 ? (video.jitterBufferDelay ?? 0) / emitted : undefined,
      delayMs: this.delayMs,
    }
  }

  private async negotiate(): Promise<void> {
    const { peer } = this
    await peer.setLocalDescription(await peer.createOffer())
    const answer = await this.whep.play(peer.localDescription?.sdp ?? '', this.leaving.signal)
    if (this.over) {
      await this.whep.leave(answer.session).catch(() => undefined)
      return
    }
    this.session = answer.session
    if (this.options.picky && answer.remarks.includes('picturesReordered')) {
      this.end({ kind: 'unfit', obstacle: { kind: 'reordered' } })
      return
    }
    const silent = answer.remarks.some((remark) => remark === 'audioCodecNotPlayable' || remark === 'audioNotOffered')
    if (this.options.listening && silent) {
      this.end({ kind: 'unfit', obstacle: { kind: 'sound' } })
      return
    }
    this.connectTimer = window.setTimeout(() => this.notConnected(), CONNECT_MS)
    await peer.setRemoteDescription({ type: 'answer', sdp: answer.sdp })
  }

  private end(ending: Ending): void {
    if (this.over) return
    this.halt()
    this.listener.onEnded(ending)
  }

  private stateChanged(): void {
    const { peer } = this
    if (peer.iceConnectionState === 'connected' || peer.iceConnectionState === 'completed') {
      window.clearTimeout(this.connectTimer)
      this.connectedAt ??= performance.now()
    }
    if (peer.connectionState === 'failed') this.notConnected()
  }

  private notConnected(): void {
    if (this.connectedAt === undefined) this.end({ kind: 'unfit', obstacle: { kind: 'network' } })
    else this.end({ kind: 'lost' })
  }

  private told(waiting: boolean): void {
    this.waiting = waiting
    if (waiting) this.listener.onWaiting()
    else this.listener.onPlaying()
  }

  private closedByServer(): boolean {
    return this.peer.getReceivers().some((receiver) => receiver.transport?.state === 'closed' || receiver.transport?.state === 'failed')
  }

  private tick(): void {
    const { video, peer } = this
    if (video.paused) void video.play().catch(() => undefined)
    this.pictures.look()
    if (this.connectedAt === undefined) return
    if (this.closedByServer() || (this.waiting && peer.iceConnectionState === 'disconnected')) this.end({ kind: 'lost' })
    else if (!this.pictures.began && performance.now() - this.connectedAt > DECODE_MS) void this.checkDecoder()
  }

  private async checkDecoder(): Promise<void> {
    const video = inboundVideo(await this.reports())
    if (video && (video.framesReceived ?? 0) >= PICTURES_ENOUGH && (video.framesDecoded ?? 0) === 0) {
      this.end({ kind: 'unfit', obstacle: { kind: 'video' } })
    }
  }

  private async reports(): Promise<Report[]> {
    return this.over ? [] : [...((await this.peer.getStats()).values() as Iterable<Report>)]
  }
}

function inboundVideo(reports: Report[]): Report | undefined {
  return reports.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video')
}

/** What a refused offer means. */
function endingOf(cause: unknown): Ending {
  if (!(cause instanceof ApiProblem)) return { kind: 'unfit', obstacle: { kind: 'browser' } } // the browser refuses to offer or the answer
  switch (cause.status) {
    case 400:
      return { kind: 'unfit', obstacle: { kind: 'browser' } }
    case 401:
      return { kind: 'refused', why: 'signedOut' }
    case 404: // or a proxy that knows no WHEP
      return cause.code === 'camera.notFound' ? { kind: 'refused', why: 'noRight' } : { kind: 'unfit', obstacle: { kind: 'network' } }
    case 406:
      return { kind: 'unfit', obstacle: { kind: 'video' } }
    case 409:
      return { kind: 'away' }
    case 503:
      return { kind: 'unfit', obstacle: { kind: 'full' } }
    default:
      return { kind: 'lost' }
  }
}
