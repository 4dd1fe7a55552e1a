import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync('src/theme/tokens.css', 'utf8')

/** The colours of one theme, by the name of their variable. */
function tokens(theme: 'light' | 'dark'): Map<string, string> {
  const start = css.indexOf(`[data-theme='${theme}'] {`)
  const block = css.slice(start, css.indexOf('}', start))
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1] ?? '', match[2] ?? '']))
}

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const SURFACES = ['bg', 'surface', 'surface-2', 'surface-hover']
const TEXT_PAIRS: [text: string, surface: string][] = [
  ...['text', 'text-2', 'text-3', 'accent'].flatMap((text) => SURFACES.map((surface): [string, string] => [text, surface])),
  ...['ok', 'warn', 'alarm', 'recording', 'motion', 'object', 'locked'].map((text): [string, string] => [text, 'surface']),
  ['ok', 'ok-soft'], ['warn', 'warn-soft'], ['alarm', 'alarm-soft'], ['text', 'accent-soft'], ['text', 'alarm-soft'],
  ['on-accent', 'accent'], ['on-accent', 'accent-hover'], ['bar-text', 'bar'], ['bar-text-2', 'bar'], ['bar-accent', 'bar'], ['bar-text', 'bar-hover'],
]

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  const colours = tokens(theme)
  it.each(TEXT_PAIRS)('reads %s on %s', (text, surface) => {
    expect(contrast(colours.get(text) ?? '', colours.get(surface) ?? '')).toBeGreaterThanOrEqual(4.5)
  })
  it.each([['line-strong', 'surface'], ['recorded', 'surface']] as const)('shows %s on %s', (mark, surface) => {
    expect(contrast(colours.get(mark) ?? '', colours.get(surface) ?? '')).toBeGreaterThanOrEqual(3)
  })
})
