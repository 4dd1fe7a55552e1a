import { describe, expect, it } from 'vitest'
import type { EventPath } from '@/api'
import { boxAt } from './eventPath'
import { neighbourOf } from './usePlaybackEvents'

const path: EventPath = [[0, 0.1, 0.2, 0.3, 0.4], [1000, 0.3, 0.2, 0.5, 0.4], [9000, 0.8, 0.2, 1, 0.4]]

describe('the path of an event', () => {
  it('goes evenly from place to place', () => expect(boxAt(path, 500)?.map((one) => Number(one.toFixed(3)))).toEqual([0.2, 0.2, 0.4, 0.4]))
  it('is unknown where nothing was seen for long', () => {
    expect(boxAt(path, 1200)).toEqual([0.3, 0.2, 0.5, 0.4])
    expect(boxAt(path, 4000)).toBeUndefined()
  })
  it('is nothing before it began and after it ended', () => {
    expect(boxAt(path, -1)).toBeUndefined()
    expect(boxAt(path, 9400)).toBeUndefined()
    expect(boxAt([], 0)).toBeUndefined()
  })
})

describe('the next and the previous event', () => {
  const marks = [1000, 2000, 2000, 5000].map((startMs, index) => ({ id: `e${index}`, startMs, endMs: startMs, group: 'vehicle' as const, text: '' }))
  it('are those of the timeline, from where one is', () => {
    expect(neighbourOf(marks, 1, { atMs: 0, selected: undefined })?.id).toBe('e0')
    expect(neighbourOf(marks, -1, { atMs: 3000, selected: undefined })?.id).toBe('e2')
    expect(neighbourOf(marks, 1, { atMs: 6000, selected: undefined })).toBeUndefined()
  })
  it('go on from the selected one, also among those of one instant', () => {
    expect(neighbourOf(marks, 1, { atMs: 1500, selected: 'e1' })?.id).toBe('e2')
    expect(neighbourOf(marks, -1, { atMs: 1500, selected: 'e1' })?.id).toBe('e0')
  })
})
