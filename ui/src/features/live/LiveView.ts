import type { Format } from '@/api'
import type { Abilities } from './ways/abilities'
import { choose, type Choice, type Passed, type Wish } from './ways/choice'
import type { Ending, LivePlayer, Obstacle, PlayerListener, PlayerStats, Refusal, StreamName } from './ways/LivePlayer'
import type { WayMemory } from './ways/WayMemory'
import { onFirstPicture } from './firstPicture'

/** What a tile shows about its stream. Texts come from keys, not from here. */
export type LiveState =
  | { kind: 'connecting' }
  | { kind: 'playing' }
  /** Connected, and nothing comes from the camera. */
  | { kind: 'camera'; stream: StreamName }
  | { kind: 'unsupported'; wish: Wish; passed: Passed[] }
  | { kind: 'lost'; retryAt: number }
  | { kind: 'refused'; why: Refusal }

/** What is to be seen and heard. */
export type Wanted = {
  wish: Wish
  /** The wanted stream first; the others where the browser cannot show that one. */
  streams: StreamName[]
  listening: boolean
  /** Whether Low-Latency HLS may hold a connection all the time. */
  lowLatency: boolean
}

/** Figures of the picture on top, and how it came there. */
export type LiveStats = PlayerStats & { choice: Choice; lowLatency: boolean; format?: Format; widthPx: number; heightPx: number }

/** What the view is made of. */
export type LiveSurroundings = {
  camera: string
  abilities: Abilities
  memory: WayMemory
  /** What the server knows of a stream; absent while nobody pulls it. */
  formatOf(stream: StreamName): Format | undefined
  /** A player for one attempt, not started. */
  open(choice: Choice, wanted: Wanted, video: HTMLVideoElement, listener: PlayerListener): LivePlayer
}

export type LiveListener = {
  onState(state: LiveState): void
  /** Another picture is on top. */
  onChoice(choice: Choice, format: Format | undefined): void
  /** The browser plays sound only after somebody touched the page. */
  onSilenced(): void
}

/** One attempt, from its choice until its video element is gone. */
type Take = {
  choice: Choice
  lowLatency: boolean
  player: LivePlayer
  video: HTMLVideoElement
  playing: boolean
  ended: boolean
  format?: Format
  forgetFirst(): void
}

const RETRY_FIRST_MS = 500
const RETRY_LONGEST_MS = 8000

/**
 * The live picture of one camera: chooses the way, tries again, and changes from one stream or way to another
 * without a moment of black: the new picture is made ready below the old one. Owns every video element in its
 * stage. What ended keeps its last picture until a new one is there.
 */
export class LiveView {
  private front?: Take
  private next?: Take
  private wanted?: Wanted
  private muted = true
  private resting = false
  private trouble: LiveState = { kind: 'connecting' }
  private retryMs = RETRY_FIRST_MS
  private retryTimer?: number

  constructor(
    private readonly stage: HTMLElement,
    private readonly around: LiveSurroundings,
    private readonly listener: LiveListener,
  ) {}

  want(wanted: Wanted): void {
    this.wanted = wanted
    this.begin()
  }

  /** Tries again now, also what was found not to work. */
  retry(): void {
    this.around.memory.forget()
    this.retryMs = RETRY_FIRST_MS
    this.begin()
  }

  /** The camera is there again: what waits for its next attempt makes it now. */
  cameraCame(): void {
    if (this.retryTimer !== undefined) this.begin()
  }

  /** Nobody looks: nothing is fetched, the last picture stays. */
  rest(): void {
    this.resting = true
    this.stopRetrying()
    this.drop(this.next)
    this.next = undefined
    this.freeze()
  }

  wake(): void {
    if (!this.resting) return
    this.resting = false
    this.begin()
  }

  close(): void {
    this.rest()
    this.drop(this.front)
    this.front = undefined
  }

  mute(muted: boolean): void {
    this.muted = muted
    if (this.front) this.applySound(this.front)
  }

  /** The element on top. */
  get video(): HTMLVideoElement | undefined {
    return this.front?.video
  }

  shownAt(): number | undefined {
    return this.front?.player.shownAt()
  }

  async stats(): Promise<LiveStats | undefined> {
    const take = this.front
    if (!take || take.ended) return undefined
    const stats = await take.player.stats()
    const { choice, lowLatency, video } = take
    return { ...stats, choice, lowLatency, format: this.formatOf(take), widthPx: video.videoWidth, heightPx: video.videoHeight }
  }

  private begin(): void {
    this.stopRetrying()
    const { wanted, around } = this
    if (!wanted || this.resting) return
    const { choice, passed } = choose({
      ...wanted,
      abilities: around.abilities,
      formatOf: around.formatOf,
      remembered: (stream, way) => around.memory.find(way, { camera: around.camera, stream }),
    })
    if (!choice) {
      this.drop(this.next)
      this.next = undefined
      this.freeze()
      this.tell({ kind: 'unsupported', wish: wanted.wish, passed })
    } else if (this.front && !this.front.ended && isSame(this.front, choice, wanted)) {
      this.drop(this.next)
      this.next = undefined
      this.front.choice = choice
      this.listener.onChoice(choice, this.formatOf(this.front))
    } else if (this.next && isSame(this.next, choice, wanted)) {
      this.next.choice = choice
    } else {
      this.drop(this.next)
      this.next = this.open(choice, wanted)
      this.tell({ kind: 'connecting' })
      this.next.player.start()
    }
  }

  private open(choice: Choice, wanted: Wanted): Take {
    const video = document.createElement('video')
    video.muted = true
    video.autoplay = true
    video.playsInline = true
    this.stage.prepend(video) // below the one on top
    const player = this.around.open(choice, wanted, video, {
      onPlaying: () => this.playing(take, true),
      onWaiting: () => this.playing(take, false),
      onFormat: (format) => (take.format = format),
      onEnded: (ending) => this.ended(take, ending),
    })
    const forgetFirst = onFirstPicture(video, () => player.isSettled(), () => this.rise(take))
    const take: Take = { choice, lowLatency: wanted.lowLatency, player, video, playing: false, ended: false, forgetFirst }
    return take
  }

  /** The picture that was made ready comes to the top. */
  private rise(take: Take): void {
    if (take !== this.next) return
    const old = this.front
    this.front = take
    this.next = undefined
    this.retryMs = RETRY_FIRST_MS
    this.around.memory.worked(take.choice.way)
    this.applySound(take)
    this.drop(old)
    this.listener.onChoice(take.choice, this.formatOf(take))
    this.playing(take, true)
  }

  private playing(take: Take, playing: boolean): void {
    take.playing = playing
    this.tell(playing ? this.trouble : { kind: 'camera', stream: take.choice.stream })
  }

  private ended(take: Take, ending: Ending): void {
    take.ended = true
    take.playing = false
    if (take === this.next) {
      this.drop(take)
      this.next = undefined
    } else if (take !== this.front || this.next) {
      this.tell(this.trouble) // another is on its way already
      return
    }
    const { around, wanted } = this
    switch (ending.kind) {
      case 'changed':
        this.begin()
        break
      case 'unfit':
        if (wanted?.wish === 'auto') {
          around.memory.note(take.choice.way, { camera: around.camera, stream: take.choice.stream }, withCodec(ending.obstacle, this.formatOf(take)))
          this.begin()
        } else {
          this.tryLater({ kind: 'unsupported', wish: take.choice.way, passed: [{ stream: take.choice.stream, way: take.choice.way, obstacle: ending.obstacle }] })
        }
        break
      case 'lost':
        this.tryLater()
        break
      case 'away':
        this.tryLater({ kind: 'camera', stream: take.choice.stream })
        break
      case 'refused':
        if (ending.why === 'tooSlow') {
          this.tryLater({ kind: 'refused', why: ending.why })
        } else {
          this.freeze()
          this.tell({ kind: 'refused', why: ending.why })
        }
        break
    }
  }

  private tryLater(state?: LiveState): void {
    this.stopRetrying()
    const wait = this.retryMs * (0.5 + Math.random() / 2)
    this.retryMs = Math.min(this.retryMs * 2, RETRY_LONGEST_MS)
    this.retryTimer = window.setTimeout(() => {
      this.retryTimer = undefined
      this.begin()
    }, wait)
    this.tell(state ?? { kind: 'lost', retryAt: Date.now() + wait })
  }

  private stopRetrying(): void {
    window.clearTimeout(this.retryTimer)
    this.retryTimer = undefined
  }

  /** Ends what is on top; its last picture stays. */
  private freeze(): void {
    if (!this.front) return
    this.front.player.halt()
    this.front.ended = true
    this.front.playing = false
  }

  private drop(take: Take | undefined): void {
    if (!take) return
    take.ended = true
    take.forgetFirst()
    take.player.close()
    take.video.remove()
  }

  /** As long as a picture moves, trouble behind it is nobody's. */
  private tell(trouble: LiveState): void {
    this.trouble = trouble
    this.listener.onState(this.isFrontPlaying() ? { kind: 'playing' } : trouble)
  }

  private isFrontPlaying(): boolean {
    return this.front?.playing === true && !this.front.ended
  }

  private formatOf(take: Take): Format | undefined {
    return take.format ?? this.around.formatOf(take.choice.stream)
  }

  private applySound({ video }: Take): void {
    video.muted = this.muted
    if (this.muted) return
    void video.play().catch((cause: unknown) => {
      if (!(cause instanceof DOMException) || cause.name !== 'NotAllowedError') return
      video.muted = true
      void video.play().catch(() => undefined)
      this.listener.onSilenced()
    })
  }
}

function isSame(take: Take, { way, stream }: Choice, { lowLatency }: Wanted): boolean {
  return take.choice.way === way && take.choice.stream === stream && (way !== 'hls' || take.lowLatency === lowLatency)
}

/** A server names no codec when it refuses; the stream's is known here. */
function withCodec(obstacle: Obstacle, format: Format | undefined): Obstacle {
  if (obstacle.kind === 'video') return { ...obstacle, codec: obstacle.codec ?? format?.video?.codec }
  if (obstacle.kind === 'sound') return { ...obstacle, codec: obstacle.codec ?? format?.audio?.codec }
  return obstacle
}
