import { describe, expect, it } from 'vitest'
import { PcmDownsampler, TALK_RATE_HZ } from './PcmDownsampler'
import { loudness } from './useTalk'

const tone = (hertz: number, rateHz: number, count: number) => Float32Array.from({ length: count }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / rateHz))

/** In pieces of 128, as an audio thread hands them on. */
function downsampled(hertz: number, rateHz: number): number[] {
  const downsampler = new PcmDownsampler(rateHz)
  const all = tone(hertz, rateHz, rateHz)
  const out: number[] = []
  for (let from = 0; from < all.length; from += 128) out.push(...downsampler.take(all.subarray(from, from + 128)))
  return out
}
const rms = (samples: number[]) => Math.sqrt(samples.slice(200).reduce((sum, one) => sum + one * one, 0) / (samples.length - 200)) / 32_767

describe('the microphone at 16 kHz', () => {
  it.each([48_000, 44_100, 16_000])('keeps a tone and its length from %i Hz', (rateHz) => {
    const out = downsampled(440, rateHz)
    expect(Math.abs(out.length - TALK_RATE_HZ)).toBeLessThan(50)
    expect(rms(out)).toBeCloseTo(0.5 / Math.SQRT2, 2)
    const rising = out.filter((one, i) => i > 200 && one >= 0 && (out[i - 1] ?? 0) < 0).length
    expect(Math.abs(rising - 434)).toBeLessThan(4)
  })

  it('takes away what 16 kHz cannot carry', () => {
    expect(rms(downsampled(10_000, 48_000))).toBeLessThan(0.005)
  })
})

describe('the level', () => {
  it('is nothing for silence, full for the loudest', () => {
    expect(loudness(new Int16Array(10))).toBe(0)
    expect(loudness(Int16Array.of(-32_768))).toBe(1)
    expect(loudness(Int16Array.of(103))).toBeLessThan(0.02)
  })
})
