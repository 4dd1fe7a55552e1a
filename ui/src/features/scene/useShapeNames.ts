import { useI18n } from 'vue-i18n'
import { isNamed, type Shape } from './shapes'

/** What a shape is called in the language in use: its kind, and its name where it has one. */
export function useShapeNames() {
  const { t } = useI18n()
  return (shape: Pick<Shape, 'kind' | 'name'>): string => {
    const kind = t(`scene.kind.${shape.kind}`)
    return isNamed(shape.kind) && shape.name.trim() !== '' ? shape.name : kind
  }
}
