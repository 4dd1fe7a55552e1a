import { createPinia } from 'pinia'
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { KnownFinding } from '@/api'
import { i18n, useLanguage } from '@/i18n'
import FindingRows from './FindingRows.vue'

const since = '2026-11-21T20:00:00Z'
const findings: KnownFinding[] = [
  { part: 'main', code: 'stream.down', severity: 'error', detail: 'English.', params: { reason: 'UNREACHABLE' }, since },
  { part: 'device', code: 'onvif.clockOffset', severity: 'warning', detail: 'English.', params: { seconds: '-25200' }, since },
  { part: 'sub', code: 'not.known.here', severity: 'info', detail: '<b>The server\'s words.</b>', params: {}, since },
]
const text = async (language: 'en' | 'id') => {
  await useLanguage(language)
  return mount(FindingRows, { props: { findings, where: '10.0.4.21:554' }, global: { plugins: [i18n, createPinia()] } }).text()
}

describe('FindingRows', () => {
  it('says what it is about, what is wrong, what to do and since when', async () => {
    const words = await text('en')
    expect(words).toContain('Error: Main stream: No answer from 10.0.4.21:554. Check power, network cable')
    expect(words).toContain('Warning: Device: Its clock is 7 h off')
    expect(words).toContain('Since Nov 21, 2026, 20:00 UTC')
    expect(words).toContain('<b>The server\'s words.</b>')
  })

  it('says it in Indonesian, too', async () => {
    expect(await text('id')).toContain('Perangkat: Jamnya meleset 7 j')
  })
})
