import { useI18n } from 'vue-i18n'
import type { Format, StreamState } from '@/api'
import { useFormats } from '@/shared/formats'

const CODECS: Record<string, string> = { H264: 'H.264', H265: 'H.265', AAC: 'AAC', PCMU: 'G.711 µ-law', PCMA: 'G.711 A-law', OPUS: 'Opus', FLAC: 'FLAC' }

/** Media formats as people say them. */
export function useFormatText() {
  const { t } = useI18n()
  const formats = useFormats()

  const codecName = (codec: string) => CODECS[codec] ?? codec

  function audioText(format: Format | undefined): string {
    const audio = format?.audio
    if (audio === undefined) return t('cameras.media.noSound')
    return `${codecName(audio.codec)}, ${formats.number(audio.sampleRateHz / 1000)} kHz, ${t(audio.channels === 1 ? 'cameras.media.mono' : 'cameras.media.stereo')}`
  }

  /** `H.264 · 1920×1080` and `25 fps · 4.1 Mbit/s`, as far as known; nothing while no media flows. */
  function streamParts(state: StreamState): string[] {
    if (state.phase !== 'streaming') return []
    const video = state.format?.video
    const picture = [video && codecName(video.codec), video && `${video.widthPx}×${video.heightPx}`]
    const flow = [
      state.fps !== undefined && t('cameras.media.fps', { n: formats.number(state.fps, 0) }),
      state.bitrateBps !== undefined && formats.bitrate(state.bitrateBps),
    ]
    return [picture, flow].map((parts) => parts.filter((part) => typeof part === 'string').join(' · ')).filter((line) => line !== '')
  }
  return { codecName, audioText, streamParts }
}
