import type { Vision } from '@/api'
import type { Kind } from './shapes'

/** One difference between what is stored and what is drawn. */
export type Change =
  | { what: 'added' | 'removed' | 'changed'; kind: Kind; name: string }
  | { what: 'setting'; field: Setting; from: Vision[Setting]; to: Vision[Setting] }

export const SETTINGS = ['enabled', 'objects', 'priority', 'sensitivity', 'classes', 'leastScore', 'scores'] as const
export type Setting = (typeof SETTINGS)[number]

const AREAS = ['watched', 'ignored', 'hidden'] as const

/** In the order of the page: what is drawn, then the settings. */
export function changesOf(before: Vision, after: Vision): Change[] {
  return [...namedChanges('line', before.lines, after.lines), ...namedChanges('zone', before.zones, after.zones), ...AREAS.flatMap((kind) => areaChanges(kind, before[kind], after[kind])), ...settingChanges(before, after)]
}

/** The request that makes the differences so; what is the same is not in it. */
export function patchOf(before: Vision, after: Vision): Partial<Vision> {
  const fields = ['lines', 'zones', ...AREAS, ...SETTINGS] as const
  return Object.fromEntries(fields.filter((field) => !isSame(before[field], after[field])).map((field) => [field, after[field]]))
}

function namedChanges(kind: Kind, before: { id: string; name: string }[], after: { id: string; name: string }[]): Change[] {
  const had = new Map(before.map((one) => [one.id, one]))
  const has = new Set(after.map(({ id }) => id))
  return [
    ...after.flatMap((one): Change[] => {
      const old = had.get(one.id)
      if (!old) return [{ what: 'added', kind, name: one.name }]
      return isSame(old, one) ? [] : [{ what: 'changed', kind, name: one.name }]
    }),
    ...before.filter(({ id }) => !has.has(id)).map((one): Change => ({ what: 'removed', kind, name: one.name })),
  ]
}

/** Areas have no names: those in both are the same, the others came, went or were moved. */
function areaChanges(kind: Kind, before: unknown[], after: unknown[]): Change[] {
  const text = (one: unknown) => JSON.stringify(one)
  const came = after.filter((one) => !before.some((other) => text(other) === text(one))).length
  const went = before.filter((one) => !after.some((other) => text(other) === text(one))).length
  const moved = Math.min(came, went)
  const times = (what: 'added' | 'removed' | 'changed', count: number) => Array.from({ length: count }, (): Change => ({ what, kind, name: '' }))
  return [...times('added', came - moved), ...times('changed', moved), ...times('removed', went - moved)]
}

function settingChanges(before: Vision, after: Vision): Change[] {
  return SETTINGS.filter((field) => !isSame(before[field], after[field])).map((field) => ({ what: 'setting', field, from: before[field], to: after[field] }))
}

/** Absent and null mean the same, and the order of an object's fields nothing. */
export function isSame(one: unknown, other: unknown): boolean {
  if ((one ?? null) === (other ?? null)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].every((key) => isSame((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]))
}
