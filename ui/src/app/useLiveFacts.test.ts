import { QueryClient } from '@tanstack/vue-query'
import { describe, expect, it } from 'vitest'
import type { Alarm, Camera, DeviceEvent, Health, SeenEvent } from '@/api'
import { applyFact, readFact } from './useLiveFacts'

const since = '2026-11-21T07:00:00Z'
const camera = (id: string): Camera => ({
  id, name: id, enabled: true, labels: [], recording: { mode: 'continuous', segmentMs: 60000, preRollMs: 5000, postRollMs: 10_000, mergeMs: 5000 }, main: { url: 'rtsp://h/', transport: 'tcp' }, hasPassword: false, vision: { enabled: false, objects: true, priority: 'normal', sensitivity: 50, classes: [], leastScore: 0.4, scores: {}, lines: [], zones: [], watched: [], ignored: [], hidden: [] }, createdAt: since,
  state: { main: { phase: 'connecting', since, viewers: 0 }, recording: { state: 'waiting', since }, vision: { phase: 'off', since, keyFramesOnly: false, fps: 0, lookedFps: 0, passedOverFps: 0 } },
})
const alarm: Alarm = { id: 'a', kind: 'volume', subject: 'v1', cause: 'FULL', detail: '', since }
const health: Health = { version: '1', startedAt: since, cameras: { total: 1, recording: 1, trouble: 0 }, transcodes: { running: 0, limit: 0, refused: 0, droppedUnits: 0 }, alarms: [] }

describe('facts', () => {
  it('renew the state of the one camera they are about', () => {
    const queries = new QueryClient()
    queries.setQueryData(['cameras'], [camera('gate'), camera('lobby')])
    applyFact(queries, { type: 'camera.state', camera: 'gate', state: { main: { phase: 'streaming', since, viewers: 0 }, recording: { state: 'recording', since }, vision: { phase: 'off', since, keyFramesOnly: false, fps: 0, lookedFps: 0, passedOverFps: 0 } } })
    const phases = queries.getQueryData<Camera[]>(['cameras'])?.map((one) => one.state.main.phase)
    expect(phases).toEqual(['streaming', 'connecting'])
  })

  it('raise an alarm once and clear it', () => {
    const queries = new QueryClient()
    queries.setQueryData(['health'], health)
    applyFact(queries, { type: 'alarm.raised', alarm })
    applyFact(queries, { type: 'alarm.raised', alarm })
    expect(queries.getQueryData<Health>(['health'])?.alarms).toHaveLength(1)
    applyFact(queries, { type: 'alarm.cleared', alarm })
    expect(queries.getQueryData<Health>(['health'])?.alarms).toEqual([])
  })

  it("tell what a camera sees until it sees it no longer", () => {
    const queries = new QueryClient()
    const motion: DeviceEvent = { type: 'camera.event', camera: 'gate', kind: 'motion', active: true, lasting: true, topic: 'MotionAlarm', source: '1', at: since }
    applyFact(queries, motion)
    applyFact(queries, { ...motion, source: '2' })
    applyFact(queries, { ...motion, active: false })
    expect(queries.getQueryData<DeviceEvent[]>(['device-events', 'gate'])?.map((event) => event.source)).toEqual(['2'])
  })

  it('tell of an event once, as it was told last', () => {
    const queries = new QueryClient()
    const event: SeenEvent = { id: 'e1', camera: 'gate', type: 'object', label: 'car', start: since, hasSnapshot: false, seen: false }
    applyFact(queries, { type: 'event.began', event })
    applyFact(queries, { type: 'event.began', event: { ...event, id: 'e2' } })
    applyFact(queries, { type: 'event.changed', event: { ...event, hasSnapshot: true } })
    expect(queries.getQueryData<SeenEvent[]>(['events-live'])?.map(({ id, hasSnapshot }) => [id, hasSnapshot])).toEqual([['e2', false], ['e1', true]])
  })

  it('change nothing that was never loaded', () => {
    const queries = new QueryClient()
    applyFact(queries, { type: 'alarm.raised', alarm })
    expect(queries.getQueryData(['health'])).toBeUndefined()
  })

  it('are read from text only', () => {
    expect(readFact('{"type":"segment.closed","camera":"a","start":"x","end":"y"}')).toMatchObject({ camera: 'a' })
    expect(readFact('not json')).toBeUndefined()
    expect(readFact('3')).toBeUndefined()
    expect(readFact(new ArrayBuffer(2))).toBeUndefined()
  })
})
