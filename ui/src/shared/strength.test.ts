import { describe, expect, it } from 'vitest'
import { passwordStrength } from './strength'

describe('passwordStrength', () => {
  it('is 0 below ten characters', () => expect(passwordStrength('Ab1!Ab1!x')).toBe(0))
  it('sees through well-known words and the user name', () => {
    expect(passwordStrength('password123')).toBe(1)
    expect(passwordStrength('budihartono1', 'budihartono')).toBe(1)
    expect(passwordStrength('aaaaaaaaaaaaaaa')).toBe(1)
  })
  it('likes long phrases', () => expect(passwordStrength('kuda makan rumput biru')).toBe(3))
})
