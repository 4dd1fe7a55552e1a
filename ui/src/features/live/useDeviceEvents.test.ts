import { describe, expect, it } from 'vitest'
import type { DeviceEvent } from '@/api'
import { seenKinds } from './useDeviceEvents'

const at = '2026-11-21T07:00:00Z'
const event = (kind: DeviceEvent['kind'], lasting = true): DeviceEvent => ({ type: 'camera.event', camera: 'gate', kind, active: true, lasting, topic: kind, source: '', at })
const after = (seconds: number) => Date.parse(at) + seconds * 1000

describe('what a camera sees', () => {
  it('is shown once for each kind, the most serious first, two at most', () => {
    expect(seenKinds([event('motion'), event('motion'), event('person'), event('tamper')], after(1))).toEqual(['tamper', 'person'])
  })

  it('is shown while it lasts, and for a moment when it just happens', () => {
    const events = [event('motion'), event('face', false)]
    expect(seenKinds(events, after(5))).toEqual(['face', 'motion'])
    expect(seenKinds(events, after(15))).toEqual(['motion'])
    expect(seenKinds(events, after(2 * 3600))).toEqual([])
  })
})
