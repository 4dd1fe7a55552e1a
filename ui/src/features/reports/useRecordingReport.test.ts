import { describe, expect, it } from 'vitest'
import { sumsOf } from './useRecordingReport'

const day = (continuous: number, motion: number) => ({
  camera: 'gate',
  day: '2026-11-21',
  lookedFrames: 0,
  framesWithMotion: 0,
  framesWithDetection: 0,
  modes: [
    { mode: 'continuous' as const, keptMs: continuous, sizeBytes: continuous, savedShare: 0, spans: 1 },
    { mode: 'motion' as const, keptMs: motion, sizeBytes: motion, savedShare: 1 - motion / continuous, spans: 3 },
  ],
})

describe('the sums of a report', () => {
  it('weigh days by what came on them', () => {
    const [continuous, motion] = sumsOf({ days: [day(900, 90), day(100, 100)] })
    expect(continuous).toMatchObject({ keptMs: 1000, savedShare: 0, spans: 2 })
    expect(motion?.keptMs).toBe(190)
    expect(motion?.savedShare).toBeCloseTo(0.81)
  })

  it('of nothing are none', () => expect(sumsOf({ days: [] })).toEqual([]))
})
