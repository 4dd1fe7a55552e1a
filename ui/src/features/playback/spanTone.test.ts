import { describe, expect, it } from 'vitest'
import { tone } from './spanTone'

describe('the tone of a span', () => {
  it('is that of the most that is known', () => {
    expect(tone(['continuous'])).toBe('recorded')
    expect(tone(['continuous', 'motion'])).toBe('motion')
    expect(tone(['motion', 'object'])).toBe('object')
  })

  it('is the plain one for what somebody asked for, and for words of a later server', () => {
    expect(tone(['manual'])).toBe('recorded')
    expect(tone(['something new'])).toBe('recorded')
  })
})
