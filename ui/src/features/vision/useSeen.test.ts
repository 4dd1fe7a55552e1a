import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, nextTick, ref, type Ref } from 'vue'
import { useSeen, type SeenFeed } from './useSeen'

/** A socket that does what the test says. */
class ScriptedSocket {
  static all: ScriptedSocket[] = []
  closed = false
  onopen?: () => void
  onmessage?: (event: { data: unknown }) => void
  onclose?: () => void
  constructor(readonly url: string) {
    ScriptedSocket.all.push(this)
  }
  close() {
    this.closed = true
  }
  tell(message: unknown) {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
}
const counts = { l1: { toLeft: 1, toRight: 0, byClass: { car: { toLeft: 1, toRight: 0 } } } }
const state = { phase: 'analysing', since: '2026-11-21T07:00:00Z', keyFramesOnly: false, fps: 5, lookedFps: 5, passedOverFps: 0, model: null }
const scene = { type: 'scene', classes: ['car'], lines: [], zones: [], hidden: [], state, counts, countsSince: '2026-11-21T00:00:00Z' }

describe('the objects socket', () => {
  let wanted: Ref<boolean>
  let feed: SeenFeed
  const last = () => ScriptedSocket.all.at(-1) as ScriptedSocket
  const open = () => ScriptedSocket.all.filter((one) => !one.closed)
  let view: ReturnType<typeof mount>

  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('WebSocket', ScriptedSocket)
    ScriptedSocket.all = []
    wanted = ref(true)
    view = mount(defineComponent({ setup: () => ((feed = useSeen('gate', wanted)), () => h('i')) }))
  })
  afterEach(() => {
    view.unmount()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('is there only while it is wanted', async () => {
    expect(last().url).toMatch(/\/api\/v1\/cameras\/gate\/live\/objects$/)
    wanted.value = false
    await nextTick()
    expect(open()).toHaveLength(0)
    vi.advanceTimersByTime(60_000)
    expect(ScriptedSocket.all).toHaveLength(1)
    wanted.value = true
    await nextTick()
    expect(open()).toHaveLength(1)
    view.unmount()
    expect(open()).toHaveLength(0)
  })

  it('comes again after it broke, later each time', () => {
    last().onclose?.()
    vi.advanceTimersByTime(1250)
    expect(ScriptedSocket.all).toHaveLength(2)
    last().onclose?.()
    vi.advanceTimersByTime(1400)
    expect(ScriptedSocket.all).toHaveLength(2)
    vi.advanceTimersByTime(1200)
    expect(ScriptedSocket.all).toHaveLength(3)
  })

  it('tells of crossings in the counts of the one line, and of what is seen to who listens', () => {
    let news = 0
    feed.onNews(() => news++)
    last().tell(scene)
    last().tell({ type: 'crossing', line: 'l1', direction: 'toRight', label: 'car', track: 4, at: '2026-11-21T07:00:00Z' })
    expect(feed.scene.value?.counts).toEqual({ l1: { toLeft: 1, toRight: 1, byClass: { car: { toLeft: 1, toRight: 1 } } } })
    last().tell({ type: 'state', state: { ...state, model: 'tiny' } })
    expect(feed.scene.value?.state.model).toBe('tiny')
    last().tell({ type: 'seen', at: '2026-11-21T07:00:00Z', motion: 0, blobs: [], tracks: [] })
    expect(feed.buffer.newestMs).toBe(Date.parse('2026-11-21T07:00:00Z'))
    expect(news).toBe(4)
  })
})
