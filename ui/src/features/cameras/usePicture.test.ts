import { describe, expect, it } from 'vitest'
import { amountsOf } from './usePicture'

describe('the picture settings', () => {
  it('are those that the camera has and gives a range for, in steps that fit it', () => {
    const settings = { brightness: 120, contrast: 0.5, sharpness: 3 }
    const ranges = { brightness: { min: 0, max: 100 }, contrast: { min: 0, max: 1 }, colorSaturation: { min: 0, max: 100 }, irCutFilter: [] }
    expect(amountsOf(settings, ranges)).toEqual([
      { name: 'brightness', value: 100, min: 0, max: 100, step: 1 },
      { name: 'contrast', value: 0.5, min: 0, max: 1, step: 0.01 },
    ])
  })
})
