import { describe, expect, it } from 'vitest'
import type { SeenEvent } from '@/api'
import { matches, merged, momentsOf, waiting } from './moments'

const event = (id: string, camera: string, time: string, more: Partial<SeenEvent> = {}): SeenEvent => ({ id, camera, type: 'object', label: 'car', start: `2026-11-21T${time}Z`, hasSnapshot: true, seen: false, ...more })

describe('moments', () => {
  it('gather what one camera saw within a minute, the newest first', () => {
    const moments = momentsOf([event('a', 'gate', '07:00:59'), event('b', 'gate', '07:00:01'), event('c', 'lobby', '07:00:30'), event('d', 'gate', '07:01:00')])
    expect(moments.map(({ camera, events }) => [camera, events.length])).toEqual([['gate', 1], ['gate', 2], ['lobby', 1]])
  })

  it('show what was not seen yet, and what has a picture', () => {
    const [moment] = momentsOf([event('a', 'gate', '07:00:01', { seen: true, type: 'line' }), event('b', 'gate', '07:00:02', { hasSnapshot: false }), event('c', 'gate', '07:00:03')])
    expect(moment?.events.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
    expect(moment?.seen).toBe(false)
  })

  it('are seen when all in them is', () => {
    expect(momentsOf([event('a', 'gate', '07:00:01', { seen: true })])[0]?.seen).toBe(true)
  })
})

describe('events that are pushed', () => {
  const filter = { camera: ['gate'], type: [], class: ['car', 'bus'], fromMs: Date.parse('2026-11-21T07:00:00Z'), untilMs: Date.parse('2026-11-21T08:00:00Z') }
  it('take nothing from what is known: neither seen nor poor pictures', () => {
    const known = event('a', 'gate', '07:00:00', { seen: true, quality: ['dark'] })
    expect(merged([known], [event('a', 'gate', '07:00:00', { end: '2026-11-21T07:00:09Z' })])).toEqual([{ ...known, end: '2026-11-21T07:00:09Z' }])
  })

  it('belong where the filter says', () => {
    expect(matches(event('a', 'gate', '07:00:00'), filter)).toBe(true)
    for (const other of [event('a', 'lobby', '07:00:00'), event('a', 'gate', '08:00:00'), event('a', 'gate', '07:00:00', { label: undefined })]) expect(matches(other, filter)).toBe(false)
  })

  it('change what is shown in place, and wait where they would push other cards away', () => {
    const shown = [event('a', 'gate', '07:00:01')]
    const ended = event('a', 'gate', '07:00:01', { end: '2026-11-21T07:00:09Z' })
    const sameMinute = event('b', 'gate', '07:00:40')
    const another = event('c', 'gate', '07:05:00')
    expect(merged(shown, [ended])).toEqual([ended])
    expect(merged([event('a', 'gate', '07:00:01', { seen: true })], [ended])[0]?.seen).toBe(true)
    expect(waiting([ended, sameMinute, another], shown)).toEqual([another])
  })
})
