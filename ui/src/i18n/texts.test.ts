import { describe, expect, it } from 'vitest'
import en from './en'
import id from './id'
import type { Texts } from './index'

function keys(texts: Texts, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keys(value, `${prefix}${key}.`),
  )
}
function text(texts: Texts, path: string): string {
  const found = path.split('.').reduce<string | Texts | undefined>((at, key) => (typeof at === 'object' ? at[key] : undefined), texts)
  return typeof found === 'string' ? found : ''
}
const placeholders = (value: string) => [...new Set(value.match(/\{[\w.]+\}/g) ?? [])].sort()

describe('texts', () => {
  it('has the same keys in Indonesian and English', () => {
    expect(keys(id).sort()).toEqual(keys(en).sort())
  })

  it('has no empty text and the same placeholders in both', () => {
    for (const key of keys(en)) {
      expect(text(id, key).trim(), key).not.toBe('')
      expect(text(en, key).trim(), key).not.toBe('')
      expect(placeholders(text(id, key)), key).toEqual(placeholders(text(en, key)))
    }
  })

  it('names every key that the code asks for', () => {
    const sources = import.meta.glob<string>(['../**/*.vue', '../**/*.ts', '!../**/*.test.ts'], { eager: true, query: '?raw', import: 'default' })
    const known = new Set(keys(en))
    const missing = Object.entries(sources).flatMap(([file, source]) =>
      [...source.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((match) => match[1] ?? '').filter((key) => !known.has(key)).map((key) => `${file}: ${key}`),
    )
    expect(missing).toEqual([])
  })
})
