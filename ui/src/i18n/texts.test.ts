import { describe, expect, it } from 'vitest'
import { GAP_CAUSES, REASONS } from '@/api'
import en from './en'
import id from './id'
import type { Texts } from './index'

function keys(texts: Texts, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keys(value, `${prefix}${key}.`),
  )
}
function text(texts: Texts, path: string): string {
  const found = path.split('.').reduce<string | Texts | undefined>((at, key) => (typeof at === 'object' ? at[key] : undefined), texts)
  return typeof found === 'string' ? found : ''
}
const placeholders = (value: string) => [...new Set(value.match(/\{[\w.]+\}/g) ?? [])].sort()

/** Every `code` that the server's problems and field errors carry. */
const CODES = `auth.administratorNeeded auth.badCredentials auth.csrf auth.signInNeeded auth.throttled
  camera.credentialHasControlCharacter camera.credentialTooLong camera.exists camera.idInvalid camera.invalid camera.locationOutOfRange
  camera.labelHasForbiddenCharacter camera.labelTooLong
  camera.nameHasForbiddenCharacter camera.nameMissing camera.nameTooLong camera.notFound camera.recordingMode camera.recordings camera.retentionOutOfRange camera.segmentOutOfRange
  camera.tooManyLabels camera.transport camera.urlHasControlCharacter camera.urlHost camera.urlLinkLocal camera.urlMissing
  camera.urlListens camera.urlMulticast camera.urlNeedsCompat camera.urlOwnServer camera.urlPort camera.urlScheme camera.urlTooLong camera.urlWithoutScheme export.format camera.notPublished camera.off camera.subPublished ticket.protocol ticket.validOutOfRange
  camera.visionSensitivity camera.visionScore camera.visionClass camera.visionTooMany camera.visionLineOutside camera.visionLineTooShort camera.visionDwell camera.visionIdInvalid camera.visionIdTwice camera.visionArea camera.visionPoint camera.visionPriority
  webrtc.malformedOffer webrtc.offerTooLarge webrtc.noCommonCodec webrtc.notStreaming webrtc.tooManySessions webrtc.closed
  model.notFound model.notOffered model.busy model.exists model.unusable model.nameInvalid model.tooLarge model.notOurs model.storage
  publish.unauthorized publish.busy publish.disabled flv.notFound flv.notReady hls.invalid hls.notFound hls.notReady probe.busy range.empty range.notADay
  range.notAZone range.notAnInstant range.tooLong recording.none
  recording.unreadable request.foreignOrigin request.invalid request.malformed request.mediaType request.methodNotAllowed request.missing request.notARun
  request.notAcceptable request.notAnArray request.notAnObject request.notBoolean request.notNumber request.notText
  request.notWholeNumber request.refused request.rejected request.tooLarge request.unknownField server.failure setup.refused user.exists
  user.lastAdministrator user.nameInvalid user.notFound user.passwordWeak network.offline`.split(/\s+/)

describe('texts', () => {
  it('say what a stream end is and what to do', () => {
    for (const reason of REASONS) for (const part of ['what', 'todo']) expect(text(id, `reason.${reason}.${part}`), `${reason}.${part}`).not.toBe('')
  })

  it('explain every cause of a gap', () => {
    for (const cause of GAP_CAUSES) for (const part of ['name', 'explain', 'paused', 'todo']) expect(text(id, `gap.${cause}.${part}`), `${cause}.${part}`).not.toBe('')
  })

  it.each(CODES)('translate the problem %s', (code) => expect(text(id, `problem.${code}`)).not.toBe(''))

  it('has the same keys in Indonesian and English', () => {
    expect(keys(id).sort()).toEqual(keys(en).sort())
  })

  it('has no empty text and the same placeholders in both', () => {
    for (const key of keys(en)) {
      expect(text(id, key).trim(), key).not.toBe('')
      expect(text(en, key).trim(), key).not.toBe('')
      expect(placeholders(text(id, key)), key).toEqual(placeholders(text(en, key)))
    }
  })

  it('names every key that the code asks for', () => {
    const sources = import.meta.glob<string>(['../**/*.vue', '../**/*.ts', '!../**/*.test.ts'], { eager: true, query: '?raw', import: 'default' })
    const known = new Set(keys(en))
    const missing = Object.entries(sources).flatMap(([file, source]) =>
      [...source.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((match) => match[1] ?? '').filter((key) => !known.has(key)).map((key) => `${file}: ${key}`),
    )
    expect(missing).toEqual([])
  })
})
