import { useI18n } from 'vue-i18n'
import type { Finding } from '@/api'
import { useFormats } from '@/shared/formats'
import { useFormatText } from './useFormatText'

/** Findings as sentences; the server's own where a code has no text. */
export function useFindingText() {
  const { t, te } = useI18n()
  const formats = useFormats()
  const { codecName } = useFormatText()

  /** `intervalMs` becomes `interval`, a length of time in words; codecs get the names people know. */
  function readable(params: Record<string, string>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(params).map(([name, value]) => {
        if (name.endsWith('Ms')) return [name.slice(0, -2), formats.duration(Math.abs(Number(value)))]
        if (name === 'seconds') return ['time', formats.duration(1000 * Math.abs(Number(value)))]
        return [name, name === 'codec' ? codecName(value) : value]
      }),
    )
  }

  /** @param where the camera's address, for a stream that does not play */
  return function findingText(finding: Pick<Finding, 'code' | 'detail' | 'params'>, where = ''): string {
    const reason = `reason.${finding.params['reason'] ?? ''}`
    if (finding.code === 'stream.down' && te(`${reason}.what`)) return `${t(`${reason}.what`, { where })}. ${t(`${reason}.todo`)}`
    const key = [`finding.${finding.code}`, `problem.${finding.code}`].find((one) => te(one))
    return key === undefined ? finding.detail : t(key, readable(finding.params))
  }
}
