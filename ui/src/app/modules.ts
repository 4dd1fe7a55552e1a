import type { FeatureModule } from './feature'

const found = import.meta.glob<FeatureModule>('../features/*/module.ts', { eager: true, import: 'default' })

export const modules: FeatureModule[] = Object.values(found)
export const menu = modules.flatMap((module) => module.menu ?? []).sort((a, b) => a.order - b.order)
