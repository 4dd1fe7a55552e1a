import type { Texts } from './index'

/** Lays text files over each other; a key may be given once only. */
export function merge(files: Texts[]): Texts {
  const all: Texts = {}
  for (const file of files) lay(file, all, '')
  return all
}

function lay(from: Texts, onto: Texts, path: string) {
  for (const [key, value] of Object.entries(from)) {
    const there = onto[key]
    if (typeof value === 'string') {
      if (there !== undefined) throw new Error(`text ${path}${key} is given twice`)
      onto[key] = value
    } else {
      if (typeof there === 'string') throw new Error(`text ${path}${key} is given twice`)
      const group = there ?? {}
      onto[key] = group
      lay(value, group, `${path}${key}.`)
    }
  }
}
