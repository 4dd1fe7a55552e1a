import { describe, expect, it } from 'vitest'
import type { Model } from '@/api'
import { compact, isFetching } from './useModels'

const model: Model = { id: 'one', title: 'One', state: 'available', inUse: false, sizeBytes: 100, checksum: 'unknown', removable: false, labels: [] }

describe('a model', () => {
  it('is being fetched until it is there or the fetch has failed', () => {
    expect(isFetching(model)).toBe(false)
    expect(isFetching({ ...model, fetch: { receivedBytes: 3, totalBytes: 100 } })).toBe(true)
    expect(isFetching({ ...model, fetch: { receivedBytes: 3, totalBytes: 100, failure: 'cut off' } })).toBe(false)
  })
  it('has a descriptor that is sent without its spaces, and unread when it cannot be read', () => {
    expect(compact('{\n  "family": "yolov8"\n}')).toBe('{"family":"yolov8"}')
    expect(compact('{"family"')).toBe('{"family"')
  })
})
