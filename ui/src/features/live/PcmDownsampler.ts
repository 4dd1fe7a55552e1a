/** What the server is told to expect. */
export const TALK_RATE_HZ = 16_000
const HALF_TAPS = 24

/**
 * A microphone's samples at `TALK_RATE_HZ`, 16 bits: a windowed sinc at the lower of both rates, so that nothing above it
 * comes back as another tone. Goes on where the samples before ended.
 */
export class PcmDownsampler {
  private kept = new Float32Array(2 * HALF_TAPS)
  /** Of the next sample out, in samples in, counted from the first one kept. */
  private at = HALF_TAPS

  /** @param rateHz of what comes in; a lower one than `TALK_RATE_HZ` is stretched */
  constructor(private readonly rateHz: number) {}

  take(samples: Float32Array): Int16Array {
    const all = new Float32Array(this.kept.length + samples.length)
    all.set(this.kept)
    all.set(samples, this.kept.length)
    const step = this.rateHz / TALK_RATE_HZ
    const out: number[] = []
    while (this.at + HALF_TAPS < all.length) {
      out.push(Math.round(32_767 * Math.max(-1, Math.min(1, this.sampleAt(all)))))
      this.at += step
    }
    const from = Math.max(0, Math.floor(this.at) - HALF_TAPS)
    this.kept = all.slice(from)
    this.at -= from
    return Int16Array.from(out)
  }

  private sampleAt(all: Float32Array): number {
    const cutoff = Math.min(1, TALK_RATE_HZ / this.rateHz) * 0.92
    const first = Math.ceil(this.at - HALF_TAPS)
    let sum = 0
    let weights = 0
    for (let i = Math.max(0, first); i <= this.at + HALF_TAPS; i++) {
      const x = i - this.at
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * cutoff * x) / (Math.PI * cutoff * x)
      const weight = sinc * (0.54 + 0.46 * Math.cos((Math.PI * x) / HALF_TAPS))
      sum += weight * (all[i] ?? 0)
      weights += weight
    }
    return weights === 0 ? 0 : sum / weights
  }
}
