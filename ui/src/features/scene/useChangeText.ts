import { useI18n } from 'vue-i18n'
import type { Vision } from '@/api'
import { useClassText } from '@/features/vision'
import { useFormats } from '@/shared/formats'
import type { Change, Setting } from './changes'
import { useShapeNames } from './useShapeNames'

/** One difference as one line. */
export function useChangeText() {
  const { t } = useI18n()
  const formats = useFormats()
  const classText = useClassText()
  const nameOf = useShapeNames()

  function value(field: Setting, of: Vision[Setting]): string {
    switch (field) {
      case 'enabled':
      case 'objects':
        return t(of === true ? 'scene.on' : 'scene.off')
      case 'priority':
        return t(`scene.priorities.${String(of)}`)
      case 'leastScore':
        return formats.percent(Number(of))
      case 'classes':
        return (of as string[]).map(classText).join(', ') || t('scene.nothing')
      case 'scores':
        return Object.entries(of as Record<string, number>).map(([name, score]) => `${classText(name)} ${formats.percent(score)}`).join(', ') || t('scene.nothing')
      case 'sensitivity':
        return String(of)
    }
  }

  return (change: Change): string => {
    if (change.what === 'setting') return t('scene.change.setting', { field: t(`scene.${change.field}`), from: value(change.field, change.from), to: value(change.field, change.to) })
    const kind = t(`scene.kind.${change.kind}`)
    const name = nameOf(change)
    return t(`scene.change.${change.what}`, { what: name === kind ? kind : `${kind} “${name}”` })
  }
}
