import { createPinia } from 'pinia'
import { mount } from '@vue/test-utils'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Camera } from '@/api'
import { i18n, useLanguage } from '@/i18n'
import StateReason from './StateReason.vue'

function waiting(): Camera {
  return {
    id: 'gate', name: '<img src=x onerror=alert(1)>', enabled: true, labels: [], recording: { mode: 'continuous', segmentMs: 60000, preRollMs: 5000, postRollMs: 10_000, mergeMs: 5000 }, main: { url: 'rtsp://admin:secret@10.0.4.21/ch1', transport: 'tcp' }, hasPassword: true, vision: { enabled: false, objects: true, priority: 'normal', sensitivity: 50, classes: [], leastScore: 0.4, scores: {}, lines: [], zones: [], watched: [], ignored: [], hidden: [] }, createdAt: '2026-11-21T07:00:00Z',
    state: {
      main: { phase: 'waiting', since: '2026-11-21T07:00:00Z', reason: 'UNREACHABLE', nextAttemptAt: '2026-11-21T07:02:13.400Z', viewers: 0 },
      recording: { state: 'waiting', cause: 'NETWORK', since: '2026-11-21T07:00:00Z' },
      vision: { phase: 'off', since: '2026-11-21T07:00:00Z', keyFramesOnly: false, fps: 0, lookedFps: 0, passedOverFps: 0 },
    },
  }
}

describe('StateReason', () => {
  beforeAll(async () => {
    await useLanguage('en')
    vi.useFakeTimers({ now: Date.parse('2026-11-21T07:02:00Z') })
  })
  afterAll(() => vi.useRealTimers())

  it('says what, where, since when, what to do, and when the next try is', () => {
    const text = mount(StateReason, { props: { camera: waiting() }, global: { plugins: [i18n, createPinia()] } }).text()
    expect(text).toContain('No answer from 10.0.4.21:554 for 2 min')
    expect(text).toContain('Check power, network cable')
    expect(text).toContain('Next try in 14 s.')
    expect(text).not.toContain('secret')
  })
})
