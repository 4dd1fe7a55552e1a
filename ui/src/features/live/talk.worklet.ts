/** Runs on the audio thread: hands what the microphone hears on in pieces of 20 ms. */
import { PcmDownsampler, TALK_RATE_HZ } from './PcmDownsampler'

declare const sampleRate: number
declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void

const PIECE = TALK_RATE_HZ / 50

class Microphone extends AudioWorkletProcessor {
  private readonly downsampler = new PcmDownsampler(sampleRate)
  private piece = new Int16Array(PIECE)
  private filled = 0

  process([channels]: Float32Array[][]): boolean {
    const samples = channels?.[0]
    if (samples) this.downsampler.take(samples).forEach((sample) => this.put(sample))
    return true
  }

  private put(sample: number): void {
    this.piece[this.filled++] = sample
    if (this.filled < PIECE) return
    const { buffer } = this.piece
    this.port.postMessage(buffer, [buffer])
    this.piece = new Int16Array(PIECE)
    this.filled = 0
  }
}

registerProcessor('microphone', Microphone)
