import { flushPromises, mount, RouterLinkStub, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SeenEvent } from '@/api'
import type { MomentListener, MomentSpan } from '@/features/playback'
import { i18n, useLanguage } from '@/i18n'
import MomentCard from './MomentCard.vue'
import { momentsOf, type Moment } from './moments'
import { AGAIN_MS, REST_MS, spanOf, type OpenMoment } from './useMomentPlay'

const event: SeenEvent = { id: 'e1', camera: 'gate', type: 'object', label: 'car', start: '2026-11-21T07:00:10Z', end: '2026-11-21T07:00:18Z', hasSnapshot: true, seen: false }
const [moment] = momentsOf([event]) as [Moment]

/** A player that writes down what is played; the test says what comes of it. */
class FakePlayback {
  readonly opened: { muted: boolean; camera: string; span: MomentSpan; listener: MomentListener }[] = []
  closed = 0
  readonly open: OpenMoment = async (video, camera, span, listener) => {
    this.opened.push({ muted: video.muted, camera, span, listener })
    return { close: () => this.closed++ }
  }
}

describe('a card that one rests on', () => {
  let playback: FakePlayback
  let card: VueWrapper
  let media: string[]
  const video = () => card.find('video')
  const settle = async (ms: number) => {
    vi.advanceTimersByTime(ms)
    await flushPromises()
  }
  const pointer = (name: string, pointerType = 'mouse') => card.find('article').element.dispatchEvent(new PointerEvent(name, { pointerType }))
  const playing = async () => {
    pointer('pointerenter')
    await settle(REST_MS)
    playback.opened[0]?.listener.onPlaying()
    await flushPromises()
  }

  beforeAll(() => useLanguage('en'))
  beforeEach(() => {
    vi.useFakeTimers()
    media = []
    vi.stubGlobal('matchMedia', (query: string) => ({ matches: media.some((one) => query.includes(one)) }))
    playback = new FakePlayback()
    card = mount(MomentCard, { attachTo: document.body, props: { moment, cameraName: 'Gerbang', open: playback.open }, global: { plugins: [i18n, createPinia()], stubs: { RouterLink: RouterLinkStub } } })
  })
  afterEach(() => {
    card.unmount()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('plays its moment in place, muted, from a little before', async () => {
    pointer('pointerenter')
    await settle(REST_MS - 1)
    expect(video().exists()).toBe(false)
    await settle(1)
    expect(playback.opened.map(({ muted, camera, span }) => [muted, camera, new Date(span.fromMs).toISOString(), new Date(span.untilMs).toISOString()])).toEqual([[true, 'gate', '2026-11-21T07:00:07.000Z', '2026-11-21T07:00:18.000Z']])
    expect(card.classes()).not.toContain('playing')

    playback.opened[0]?.listener.onPlaying()
    await flushPromises()
    expect(card.classes()).toContain('playing')
    expect(card.find('img').exists()).toBe(true)
  })

  it('stops when one leaves, also before it has begun', async () => {
    await playing()
    pointer('pointerleave')
    await flushPromises()
    expect([video().exists(), card.classes().includes('playing'), playback.closed]).toEqual([false, false, 1])

    pointer('pointerenter')
    await settle(REST_MS / 2)
    pointer('pointerleave')
    await settle(REST_MS)
    expect(playback.opened).toHaveLength(1)
  })

  it('ends its player with the page', async () => {
    await playing()
    card.unmount()
    expect(playback.closed).toBe(1)
  })

  it('asks again for what has only just happened and is not recorded yet, while one rests on it', async () => {
    vi.setSystemTime(Date.parse('2026-11-21T07:00:30Z'))
    await playing()
    playback.opened[0]?.listener.onNothing()
    await flushPromises()
    expect(video().exists()).toBe(false)
    await settle(AGAIN_MS)
    expect(playback.opened).toHaveLength(2)
    playback.opened[1]?.listener.onNothing()
    await flushPromises()
    await settle(AGAIN_MS / 2)
    pointer('pointerleave')
    await settle(AGAIN_MS)
    expect(playback.opened).toHaveLength(2)
  })

  it('keeps its picture where nothing is recorded', async () => {
    await playing()
    playback.opened[0]?.listener.onNothing()
    await flushPromises()
    expect([video().exists(), card.find('img').exists(), playback.closed]).toEqual([false, true, 1])
  })

  it('plays for the focus of the keyboard, too', async () => {
    const link = card.find<HTMLElement>('.open').element
    link.focus()
    await settle(REST_MS)
    expect(playback.opened).toHaveLength(1)
    link.blur()
    await flushPromises()
    expect(playback.closed).toBe(1)
  })

  it('does nothing for fingers, nor for those who want less motion', async () => {
    pointer('pointerenter', 'touch')
    await settle(REST_MS)
    for (const feature of ['pointer: coarse', 'prefers-reduced-motion: reduce']) {
      media = [feature]
      pointer('pointerenter')
      await settle(REST_MS)
    }
    expect(playback.opened).toEqual([])
  })
})

describe('what is played of an event', () => {
  const seconds = (more: Partial<SeenEvent>, nowMs = Date.parse('2026-11-21T07:00:30Z')) => {
    const { fromMs, untilMs } = spanOf({ start: event.start, ...more }, nowMs)
    return [(fromMs - Date.parse(event.start)) / 1000, (untilMs - Date.parse(event.start)) / 1000]
  }

  it('is all of it, a few seconds of what was over at once, and the beginning of what goes on', () => {
    expect(seconds({ end: '2026-11-21T07:00:18Z' })).toEqual([-3, 8])
    expect(seconds({ end: event.start })).toEqual([-3, 3])
    expect(seconds({ end: '2026-11-21T08:00:00Z' })).toEqual([-3, 20])
    expect(seconds({})).toEqual([-3, 20])
    expect(seconds({}, Date.parse('2026-11-21T07:00:15Z'))).toEqual([-3, 5])
  })
})
