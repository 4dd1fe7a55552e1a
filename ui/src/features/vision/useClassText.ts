import { useI18n } from 'vue-i18n'
import { classKey } from './classes'

/** The name of a class in the language in use; a class without a text keeps its own name. */
export function useClassText() {
  const { t, te } = useI18n()
  return (label: string): string => {
    const key = classKey(label)
    return te(key) ? t(key) : label
  }
}
