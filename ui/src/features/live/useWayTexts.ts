import { useI18n } from 'vue-i18n'
import { codecName } from './codecs'
import { reasonOf, streamReasonOf, type Choice, type Passed } from './ways/choice'
import type { StreamName, Way } from './ways/LivePlayer'

/** How the way of a picture and its reason are said. */
export function useWayTexts() {
  const { t } = useI18n()

  /** Whole segments are HLS; parts make it low-latency. */
  const wayName = (way: Way, lowLatency = true) => (way === 'hls' && !lowLatency ? 'HLS' : t(`live.way.${way}`))

  function because({ way, obstacle }: Passed): string {
    const codec = 'codec' in obstacle ? codecName(obstacle.codec) : ''
    if (codec === '' && (obstacle.kind === 'video' || obstacle.kind === 'sound')) return t(`live.way.because.${obstacle.kind}Unknown`, { way: wayName(way) })
    return t(`live.way.because.${obstacle.kind}`, { way: wayName(way), codec })
  }

  /** "MSE: sound is AAC, which WebRTC cannot carry" */
  function wayText(choice: Choice, lowLatency: boolean, fixed: boolean): string {
    const name = wayName(choice.way, lowLatency)
    if (fixed) return `${name}: ${t('live.way.fixed')}`
    const reason = reasonOf(choice)
    return reason ? `${name}: ${because(reason)}` : name
  }

  /** Of sound that the stream has and this way does not bring; empty when there is none. */
  function soundText(choice: Choice, listening: boolean): string {
    if (!choice.silent) return ''
    const codec = codecName(choice.silent)
    return listening ? t('live.way.silent', { codec }) : t('live.way.silentYet', { codec })
  }

  /** "Sub: this browser shows no H.265 by WebRTC" */
  function streamText(choice: Choice, wanted: StreamName): string {
    const name = t(`live.stream.${choice.stream}`)
    const reason = choice.stream === wanted ? undefined : streamReasonOf(choice)
    return reason ? `${name}: ${because(reason)}` : name
  }

  return { wayName, because, wayText, soundText, streamText }
}
