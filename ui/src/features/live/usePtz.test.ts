import { describe, expect, it } from 'vitest'
import { directionOfKey } from './usePtz'

describe('the keys of the pad', () => {
  it('move by arrows and zoom by plus and minus, with and without shift', () => {
    expect(directionOfKey('ArrowUp')).toEqual({ tilt: 1 })
    expect(directionOfKey('ArrowLeft')).toEqual({ pan: -1 })
    expect(directionOfKey('+')).toEqual(directionOfKey('='))
    expect(directionOfKey('-')).toEqual({ zoom: -1 })
    expect(directionOfKey('f')).toBeUndefined()
  })
})
