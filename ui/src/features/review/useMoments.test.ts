import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import type { SeenEvent } from '@/api'
import { useMoments } from './useMoments'

const event = (id: string, time: string, more: Partial<SeenEvent> = {}): SeenEvent => ({ id, camera: 'gate', type: 'object', label: 'car', start: `2026-11-21T${time}Z`, hasSnapshot: true, seen: false, ...more })
const filter = { camera: [], type: [], class: [], fromMs: Date.parse('2026-11-21T00:00:00Z'), untilMs: Date.parse('2026-11-22T00:00:00Z') }

/** A server with two pages of events that writes down what is asked of it. */
function answer(asked: string[]) {
  return async (url: string, { method, body }: { method: string; body?: string }) => {
    asked.push(`${method} ${url} ${body ?? ''}`)
    if (method === 'POST') return url.endsWith('/seen') && body?.includes('refused') ? new Response('{"code":"server.failure"}', { status: 500 }) : new Response(null, { status: 204 })
    const page = url.includes('cursor=2') ? { events: [event('old', '06:00:00'), event('refused', '05:00:00')] } : { events: [event('new', '07:00:00'), event('seen', '06:30:00', { seen: true })], nextCursor: '2' }
    return new Response(JSON.stringify(page))
  }
}

describe('the wall', () => {
  const all = ref(false)
  let asked: string[]
  let queries: QueryClient
  let wall: ReturnType<typeof useMoments>
  let view: ReturnType<typeof mount>
  const ids = () => wall.moments.value.flatMap((moment) => moment.events.map(({ id }) => id))
  const push = (...events: SeenEvent[]) => queries.setQueryData<SeenEvent[]>(['events-live'], events)

  beforeEach(async () => {
    asked = []
    all.value = false
    queries = new QueryClient()
    vi.stubGlobal('fetch', answer(asked))
    view = mount(defineComponent({ setup: () => ((wall = useMoments(ref(filter), all)), () => h('i')) }), { global: { plugins: [[VueQueryPlugin, { queryClient: queries }]] } })
    await flushPromises()
    await flushPromises()
  })
  afterEach(() => {
    view.unmount()
    vi.unstubAllGlobals()
  })

  it('asks on while what is unseen is few', () => {
    expect(asked.map((one) => one.includes('cursor=2'))).toEqual([false, true])
    expect(ids()).toEqual(['new', 'old', 'refused'])
  })

  it('shows what was seen when that is wanted', async () => {
    all.value = true
    await flushPromises()
    expect(ids()).toEqual(['new', 'seen', 'old', 'refused'])
  })

  it('changes cards in place and lets new ones wait', async () => {
    push(event('new', '07:00:00', { label: 'bus' }), event('b', '07:00:30'), event('later', '08:00:00'))
    await flushPromises()
    expect(ids()).toEqual(['new', 'b', 'old', 'refused'])
    expect(wall.moments.value[0]?.events[0].label).toBe('bus')
    expect(wall.pending.value.map(({ id }) => id)).toEqual(['later'])
    wall.accept()
    await flushPromises()
    expect(ids()[0]).toBe('later')
    expect(wall.pending.value).toEqual([])
  })

  it('hears that the pictures of a moment were poor when their minute has ended', async () => {
    push(event('new', '07:00:00', { quality: ['dark'] }))
    await flushPromises()
    expect(wall.moments.value[0]?.events[0].quality).toEqual(['dark'])
  })

  it('keeps what is dismissed in its place, as seen', async () => {
    wall.dismiss(['new'])
    await flushPromises()
    expect(asked.at(-1)).toContain('POST /api/v1/events/seen {"ids":["new"]}')
    expect(wall.moments.value.map(({ seen }) => seen)).toEqual([true, false, false])
  })

  it('takes back what the server refuses', async () => {
    wall.dismiss(['refused'])
    await flushPromises()
    expect(wall.moments.value.map(({ seen }) => seen)).toEqual([false, false, false])
    expect(wall.dismissError.value).not.toBeNull()
  })
})
