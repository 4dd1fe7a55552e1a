import { useI18n } from 'vue-i18n'
import type { SeenEvent } from '@/api'
import { useClassText } from './useClassText'

/** One line that says what an event is: `Car: Gate, to the left`. */
export function useEventText() {
  const { t } = useI18n()
  const classText = useClassText()
  return (event: Pick<SeenEvent, 'type' | 'label' | 'name' | 'direction'>): string => {
    const who = event.label === undefined ? t('vision.event.object') : classText(event.label)
    const where = event.name ?? ''
    switch (event.type) {
      case 'object':
        return who
      case 'line':
        return t(event.direction === 'toRight' ? 'vision.event.lineRight' : 'vision.event.lineLeft', { who, where })
      case 'zoneEnter':
      case 'zoneDwell':
        return t(`vision.event.${event.type}`, { who, where })
      case 'motion':
      case 'frozen':
      case 'black':
      case 'blurred':
      case 'moved':
        return t(`vision.event.${event.type}`)
    }
  }
}
