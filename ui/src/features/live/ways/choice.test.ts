import { describe, expect, it } from 'vitest'
import type { Format } from '@/api'
import type { Codec } from '@/api/schema'
import type { Abilities, Ability } from './abilities'
import { choose, reasonOf, streamReasonOf, type Question } from './choice'
import type { Obstacle } from './LivePlayer'

const format = (video: Codec, audio?: Codec): Format => ({
  video: { codec: video, fps: 15, widthPx: 640, heightPx: 360 },
  ...(audio ? { audio: { codec: audio, sampleRateHz: audio === 'AAC' ? 16_000 : 8000, channels: 1 } } : {}),
})
const plays = (...codecs: Codec[]): Ability => ({ video: (codec) => codecs.includes(codec), sound: ({ codec }) => codecs.includes(codec) })
const chromium: Abilities = { webrtc: plays('H264', 'OPUS', 'PCMU', 'PCMA'), mse: plays('H264', 'AAC', 'OPUS', 'PCMU', 'PCMA'), hls: plays('H264', 'AAC') }
const ask = (main: Format | undefined, more: Partial<Question> = {}) =>
  choose({ wish: 'auto', streams: ['main'], listening: false, abilities: chromium, formatOf: () => main, remembered: () => undefined, ...more })

describe('the way of a live picture', () => {
  describe('of a stream that is made anew', () => {
    const made = (main: Format, more: Partial<Question> = {}) =>
      ask(main, { streams: ['main', 'transcode'], formatOf: (stream) => (stream === 'main' ? main : { audio: main.audio }), ...more }).choice

    it('is the last one, where the browser shows no other, and says why', () => {
      const choice = made(format('H265'))
      expect(choice).toMatchObject({ stream: 'transcode', way: 'webrtc' })
      expect(choice && streamReasonOf(choice)).toMatchObject({ stream: 'main', obstacle: { kind: 'video', codec: 'H265' } })
    })

    it('is not taken while the browser shows the camera itself', () => {
      expect(made(format('H264'))?.stream).toBe('main')
    })

    it('is not taken for sound alone', () => {
      expect(made(format('H264', 'FLAC'), { listening: true })).toMatchObject({ stream: 'main', silent: 'FLAC' })
    })

    it('brings the sound of the camera by the way that carries it', () => {
      expect(made(format('H265', 'AAC'), { listening: true })).toMatchObject({ stream: 'transcode', way: 'mse' })
    })
  })

  it('is WebRTC where the browser decodes the stream', () => {
    expect(ask(format('H264', 'PCMA')).choice).toEqual({ stream: 'main', way: 'webrtc', passed: [], silent: undefined })
  })

  it('is WebRTC while nothing is known of the stream', () => {
    expect(ask(undefined).choice?.way).toBe('webrtc')
  })

  it('is WebRTC for a muted picture whose sound it cannot carry, and says so', () => {
    expect(ask(format('H264', 'AAC')).choice).toMatchObject({ way: 'webrtc', silent: 'AAC' })
  })

  it('is MSE for who listens to sound that WebRTC cannot carry', () => {
    const { choice } = ask(format('H264', 'AAC'), { listening: true })
    expect(choice).toMatchObject({ way: 'mse', silent: undefined })
    expect(choice && reasonOf(choice)?.obstacle).toEqual({ kind: 'sound', codec: 'AAC' })
  })

  it('stays WebRTC for who listens to sound that it carries', () => {
    expect(ask(format('H264', 'PCMU'), { listening: true }).choice).toMatchObject({ way: 'webrtc', silent: undefined })
  })

  it('shows the picture without sound where no way carries it, and says so', () => {
    expect(ask(format('H264', 'FLAC'), { listening: true }).choice).toMatchObject({ way: 'webrtc', silent: 'FLAC' })
  })

  it('is MSE where WebRTC does not decode the pictures', () => {
    const { choice } = ask(format('H265'), { abilities: { ...chromium, mse: plays('H265') } })
    expect(choice?.way).toBe('mse')
    expect(choice && reasonOf(choice)?.obstacle).toEqual({ kind: 'video', codec: 'H265' })
  })

  it('is HLS on a browser that has nothing else', () => {
    expect(ask(format('H264'), { abilities: { hls: plays('H264') } }).choice?.way).toBe('hls')
  })

  it('takes the next one after what was found out by trying', () => {
    const network: Obstacle = { kind: 'network' }
    const { choice } = ask(format('H264'), { remembered: (_, way) => (way === 'webrtc' ? network : undefined) })
    expect(choice?.way).toBe('mse')
    expect(choice && reasonOf(choice)?.obstacle).toEqual(network)
  })

  it('remembers missing sound only against who listens', () => {
    const remembered = (_: string, way: string): Obstacle | undefined => (way === 'webrtc' ? { kind: 'sound' } : undefined)
    expect(ask(undefined, { remembered }).choice?.way).toBe('webrtc')
    expect(ask(undefined, { remembered, listening: true }).choice?.way).toBe('mse')
  })

  it('is the one that was fixed, whatever was remembered and heard', () => {
    const remembered = (): Obstacle => ({ kind: 'network' })
    expect(ask(format('H264', 'AAC'), { wish: 'webrtc', listening: true, remembered }).choice).toMatchObject({ way: 'webrtc', silent: 'AAC' })
  })

  it('is none when the fixed one cannot decode the stream, and says why', () => {
    expect(ask(format('H265'), { wish: 'hls' })).toEqual({ passed: [{ stream: 'main', way: 'hls', obstacle: { kind: 'video', codec: 'H265' } }] })
  })

  it('is none when no way decodes the stream, with a reason for each', () => {
    const { choice, passed } = ask(format('H265'))
    expect(choice).toBeUndefined()
    expect(passed.map(({ way }) => way)).toEqual(['webrtc', 'mse', 'hls'])
  })

  it('goes to the sub stream when the browser shows nothing of the main one', () => {
    const formatOf: Question['formatOf'] = (stream) => format(stream === 'main' ? 'H265' : 'H264')
    const { choice } = ask(undefined, { streams: ['main', 'sub'], formatOf })
    expect(choice).toMatchObject({ stream: 'sub', way: 'webrtc' })
    expect(choice && reasonOf(choice)).toBeUndefined()
    expect(choice && streamReasonOf(choice)?.obstacle).toEqual({ kind: 'video', codec: 'H265' })
  })
})
