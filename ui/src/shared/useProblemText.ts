import { useI18n } from 'vue-i18n'
import { ApiProblem } from '@/api'

/** Turns any error into one sentence: the translated text of its code, else the server's own sentence. */
export function useProblemText() {
  const { t, te } = useI18n()
  return (error: unknown): string => {
    if (!(error instanceof ApiProblem)) return t('problem.unknown')
    const key = `problem.${error.code}`
    if (te(key)) return t(key, { detail: error.detail, ...error.params })
    return error.detail !== '' ? error.detail : t('problem.unknown')
  }
}
