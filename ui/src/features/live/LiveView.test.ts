import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LiveView, type LiveState, type Wanted } from './LiveView'
import type { Choice } from './ways/choice'
import type { Ending, LivePlayer, PlayerListener } from './ways/LivePlayer'
import { WayMemory } from './ways/WayMemory'

/** A player that does what the test says. */
class ScriptedPlayer implements LivePlayer {
  started = false
  halted = false
  closed = false
  settled = true
  constructor(
    readonly choice: Choice,
    readonly video: HTMLVideoElement,
    readonly listener: PlayerListener,
  ) {}
  start() {
    this.started = true
  }
  halt() {
    this.halted = true
  }
  close() {
    this.halt()
    this.closed = true
  }
  isSettled() {
    return this.settled
  }
  shownAt() {
    return undefined
  }
  stats() {
    return Promise.resolve({})
  }
  end(ending: Ending) {
    this.halted = true
    this.listener.onEnded(ending)
  }
}

const able = { video: () => true, sound: () => true }
const wanted: Wanted = { wish: 'auto', streams: ['sub', 'main'], listening: false, lowLatency: false }

describe('a live view', () => {
  let stage: HTMLElement
  let players: ScriptedPlayer[]
  let states: LiveState[]
  let drawn: Map<HTMLVideoElement, () => void>
  let view: LiveView
  const last = () => players.at(-1) as ScriptedPlayer
  const onTop = () => stage.lastElementChild
  const firstPicture = (player: ScriptedPlayer) => {
    drawn.get(player.video)?.()
    vi.advanceTimersByTime(100)
  }

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'requestAnimationFrame', 'cancelAnimationFrame'] })
    stage = document.createElement('div')
    players = []
    states = []
    drawn = new Map()
    HTMLVideoElement.prototype.requestVideoFrameCallback = function (call) {
      drawn.set(this, () => call(0, {} as VideoFrameCallbackMetadata))
      Object.defineProperty(this, 'readyState', { value: HTMLMediaElement.HAVE_ENOUGH_DATA })
      return 1
    }
    const kept = new Map<string, string>()
    view = new LiveView(
      stage,
      {
        camera: 'gate',
        abilities: { webrtc: able, mse: able, hls: able },
        memory: new WayMemory({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value), removeItem: (key) => void kept.delete(key) }),
        formatOf: () => undefined,
        open: (choice, _, video, listener) => {
          players.push(new ScriptedPlayer(choice, video, listener))
          return last()
        },
      },
      { onState: (state) => states.push(state), onChoice: () => undefined, onSilenced: () => undefined },
    )
  })
  afterEach(() => {
    view.close()
    vi.useRealTimers()
  })

  it('keeps the old picture on top until the new one is drawn', () => {
    view.want(wanted)
    const sub = last()
    firstPicture(sub)
    view.want({ ...wanted, streams: ['main', 'sub'] })
    const main = last()
    expect(main.choice.stream).toBe('main')
    expect(onTop()).toBe(sub.video)
    expect(stage.children).toHaveLength(2)
    expect(sub.halted).toBe(false)
    expect(states.at(-1)).toEqual({ kind: 'playing' })
    firstPicture(main)
    expect([...stage.children]).toEqual([main.video])
    expect(sub.closed).toBe(true)
  })

  it('does not show a picture that is about to jump', () => {
    view.want(wanted)
    last().settled = false
    firstPicture(last())
    expect(states.at(-1)).toEqual({ kind: 'connecting' })
    last().settled = true
    firstPicture(last())
    expect(states.at(-1)).toEqual({ kind: 'playing' })
  })

  it('gives up a change that is not wanted any more', () => {
    view.want(wanted)
    firstPicture(last())
    view.want({ ...wanted, streams: ['main', 'sub'] })
    const main = last()
    view.want(wanted)
    expect(main.closed).toBe(true)
    expect(players).toHaveLength(2)
    expect(stage.children).toHaveLength(1)
  })

  it('takes the next way when one does not work, and keeps to it', () => {
    view.want(wanted)
    last().end({ kind: 'unfit', obstacle: { kind: 'network' } })
    expect(last().choice).toMatchObject({ way: 'mse', passed: [{ way: 'webrtc', obstacle: { kind: 'network' } }] })
    view.want({ ...wanted, streams: ['main'] })
    expect(last().choice).toMatchObject({ stream: 'main', way: 'mse' })
  })

  it('says so when no way is left', () => {
    view.want({ ...wanted, streams: ['main'] })
    for (let way = 0; way < 3; way++) last().end({ kind: 'unfit', obstacle: { kind: 'video' } })
    expect(states.at(-1)).toMatchObject({ kind: 'unsupported', wish: 'auto' })
    view.retry()
    expect(last().choice.way).toBe('webrtc')
  })

  it('tries again by itself after a lost connection, later and later, with the last picture kept', () => {
    view.want(wanted)
    firstPicture(last())
    const first = last()
    first.end({ kind: 'lost' })
    expect(states.at(-1)?.kind).toBe('lost')
    expect(onTop()).toBe(first.video)
    expect(first.closed).toBe(false)
    vi.advanceTimersByTime(500)
    expect(players).toHaveLength(2)
    for (const longest of [1000, 2000, 4000, 8000, 8000]) {
      const before = players.length
      last().end({ kind: 'lost' })
      vi.advanceTimersByTime(longest / 2 - 1)
      expect(players).toHaveLength(before)
      vi.advanceTimersByTime(longest / 2 + 1)
      expect(players).toHaveLength(before + 1)
    }
    firstPicture(last())
    expect(first.closed).toBe(true)
    expect(states.at(-1)).toEqual({ kind: 'playing' })
  })

  it('does not wait when the camera is there again', () => {
    view.want(wanted)
    last().end({ kind: 'away' })
    expect(states.at(-1)).toEqual({ kind: 'camera', stream: 'sub' })
    view.cameraCame()
    expect(players).toHaveLength(2)
  })

  it('tries a fixed way again instead of leaving it', () => {
    view.want({ ...wanted, wish: 'webrtc' })
    last().end({ kind: 'unfit', obstacle: { kind: 'network' } })
    expect(states.at(-1)).toMatchObject({ kind: 'unsupported', wish: 'webrtc' })
    vi.advanceTimersByTime(500)
    expect(last().choice.way).toBe('webrtc')
    expect(players).toHaveLength(2)
  })

  it('fetches nothing while nobody looks', () => {
    view.want(wanted)
    firstPicture(last())
    view.rest()
    expect(last().halted).toBe(true)
    expect(onTop()).toBe(last().video)
    view.want({ ...wanted, listening: true })
    expect(players).toHaveLength(1)
    view.wake()
    expect(players).toHaveLength(2)
  })

  it('leaves nothing behind', () => {
    view.want(wanted)
    firstPicture(last())
    view.want({ ...wanted, streams: ['main'] })
    view.close()
    expect(players.every((player) => player.closed)).toBe(true)
    expect(stage.children).toHaveLength(0)
    vi.advanceTimersByTime(60_000)
    expect(players).toHaveLength(2)
  })
})
