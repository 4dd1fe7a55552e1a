import type { Codec } from '@/api/schema'

const NAMES: Partial<Record<Codec, string>> = { H264: 'H.264', H265: 'H.265', PCMU: 'G.711 µ', PCMA: 'G.711 A', OPUS: 'Opus' }

/** A codec as people write it. */
export function codecName(codec: Codec | undefined): string {
  return codec === undefined ? '' : (NAMES[codec] ?? codec)
}
