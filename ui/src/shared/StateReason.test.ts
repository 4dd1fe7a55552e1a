import { createPinia } from 'pinia'
import { mount } from '@vue/test-utils'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Camera } from '@/api'
import { i18n, useLanguage } from '@/i18n'
import StateReason from './StateReason.vue'

function waiting(): Camera {
  return {
    id: 'gate', name: '<img src=x onerror=alert(1)>', enabled: true, main: { url: 'rtsp://admin:secret@10.0.4.21/ch1' }, hasPassword: true, createdAt: '2026-11-21T07:00:00Z',
    state: {
      main: { phase: 'waiting', since: new Date(Date.now() - 120_000).toISOString(), reason: 'UNREACHABLE', nextAttemptAt: new Date(Date.now() + 14_400).toISOString(), viewers: 0 },
      recording: { state: 'waiting', cause: 'NETWORK', since: '2026-11-21T07:00:00Z' },
    },
  }
}

describe('StateReason', () => {
  beforeAll(() => useLanguage('en'))

  it('says what, where, since when, what to do, and when the next try is', () => {
    const text = mount(StateReason, { props: { camera: waiting() }, global: { plugins: [i18n, createPinia()] } }).text()
    expect(text).toContain('No answer from 10.0.4.21:554 for 2 min')
    expect(text).toContain('Check power, network cable')
    expect(text).toMatch(/Next try in 1[34] s/)
    expect(text).not.toContain('secret')
  })
})
