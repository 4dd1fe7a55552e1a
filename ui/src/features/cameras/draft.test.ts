import { describe, expect, it } from 'vitest'
import { draftOf, inputOf, numberOf, takeCredentials, type Draft } from './draft'
import { paint } from './week'

describe('the camera form', () => {
  it('moves pasted credentials into their fields', () => {
    const draft = { ...draftOf(), mainUrl: 'rtsp://viewer:rahasia@10.0.0.9/live' }
    expect(takeCredentials(draft, 'mainUrl')).toBe(true)
    expect(draft).toMatchObject({ mainUrl: 'rtsp://10.0.0.9/live', username: 'viewer', password: 'rahasia' })
  })
  it('leaves an untouched password out of the request, and sends null to clear it', () => {
    expect('password' in inputOf(draftOf())).toBe(false)
    expect(inputOf({ ...draftOf(), clearPassword: true }).password).toBeNull()
  })
  it('takes a decimal comma and sends sizes in bytes', () => {
    expect(numberOf('1,5')).toBe(1.5)
    expect(inputOf({ ...draftOf(), retentionGb: '1,5', retentionDays: '30' }).recording).toMatchObject({ retentionBytes: 1_500_000_000, retentionDays: 30 })
  })
  it('keeps a published camera published, and takes no address for it', () => {
    expect(inputOf({ ...draftOf(), source: 'published', mainUrl: 'rtsp://10.0.0.9/live' }).main).toMatchObject({ url: 'publish://' })
  })
  it('sends null for the site default', () => expect(inputOf(draftOf()).recording?.retentionDays).toBeNull())

  it('sends a week only while another mode is wanted at some hours', () => {
    const week = paint(draftOf().week, { day: 0, slot: 16 }, { day: 4, slot: 33 }, 'M')
    const draft: Draft = { ...draftOf(), mode: 'object', preRollS: '2,5', week }
    expect(inputOf(draft).recording).toMatchObject({ mode: 'object', preRollMs: 2500, postRollMs: 10_000, week: null })
    expect(inputOf({ ...draft, scheduled: true }).recording?.week?.[4]).toBe(`${'.'.repeat(16)}${'M'.repeat(18)}${'.'.repeat(14)}`)
  })
})
