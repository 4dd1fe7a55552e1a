import { describe, expect, it } from 'vitest'
import type { Box, Seen, SeenTrack } from '@/api'
import { SeenBuffer } from './SeenBuffer'

const START = Date.parse('2026-11-21T07:00:00Z')
const box = (left: number): Box => [left, 0.2, left + 0.1, 0.6]
const track = (id: number, left: number, stationary = false): SeenTrack => ({ id, label: 'car', score: 0.7, box: box(left), stationary })
const seen = (afterMs: number, ...tracks: SeenTrack[]): Seen => ({ at: new Date(START + afterMs).toISOString(), motion: 0.1, blobs: [], tracks })
function bufferOf(...all: Seen[]): SeenBuffer {
  const buffer = new SeenBuffer()
  for (const one of all) buffer.add(one, Date.parse(one.at) + 100)
  return buffer
}
const leftsAt = (buffer: SeenBuffer, afterMs: number) => buffer.at(START + afterMs).tracks.map((one) => Number(one.box[0].toFixed(3)))

describe('what was seen', () => {
  it('is shown with the picture it was seen in, not with the newest', () => {
    const buffer = bufferOf(seen(0, track(1, 0.1)), seen(100, track(1, 0.2)), seen(200, track(1, 0.3)))
    expect(leftsAt(buffer, 0)).toEqual([0.1])
    expect(leftsAt(buffer, 100)).toEqual([0.2])
  })

  it('goes evenly from one look to the next where both have the object', () => {
    const buffer = bufferOf(seen(0, track(1, 0.1), track(2, 0.8)), seen(200, track(1, 0.3)))
    expect(leftsAt(buffer, 50)).toEqual([0.15, 0.8])
    expect(leftsAt(buffer, 150)).toEqual([0.25, 0.8])
    expect(leftsAt(buffer, 200)).toEqual([0.3])
  })

  it('is nothing before the first look', () => expect(leftsAt(bufferOf(seen(0, track(1, 0.1))), -1)).toEqual([]))

  it('runs ahead on its course for half a second where the picture is newer than the last look', () => {
    const buffer = bufferOf(seen(0, track(1, 0.1), track(2, 0.5, true)), seen(100, track(1, 0.11), track(2, 0.51, true)))
    expect(leftsAt(buffer, 300)).toEqual([0.13, 0.51])
    expect(leftsAt(buffer, 600)).toEqual([0.16, 0.51])
    expect(leftsAt(buffer, 1500)).toEqual([0.16, 0.51])
  })

  it('goes away when nothing more is heard', () => {
    const buffer = bufferOf(seen(0, track(1, 0.1)))
    expect(buffer.hasNewsAfter(START + 1000)).toBe(true)
    expect(leftsAt(buffer, 1501)).toEqual([])
    expect(buffer.hasNewsAfter(START + 1501)).toBe(false)
  })

  it('does not bridge looks that are far apart', () => {
    const buffer = bufferOf(seen(0, track(1, 0.1)), seen(10_000, track(1, 0.9)))
    expect(leftsAt(buffer, 2000)).toEqual([0.1])
    expect(leftsAt(buffer, 5000)).toEqual([])
  })

  it('draws a tail of three seconds behind what moves', () => {
    const looks = Array.from({ length: 50 }, (_, index) => seen(index * 100, track(1, index / 100), track(2, 0.5, true)))
    const [moving, standing] = bufferOf(...looks).at(START + 4900).tracks
    expect(moving?.tail).toHaveLength(31)
    expect(moving?.tail.at(-1)).toEqual([0.54, 0.6])
    expect(standing?.tail).toEqual([])
  })

  it('keeps no more than some seconds', () => {
    const buffer = bufferOf(...Array.from({ length: 300 }, (_, index) => seen(index * 100, track(1, 0.1))))
    expect(leftsAt(buffer, 5000)).toEqual([])
    expect(leftsAt(buffer, 15_000)).toEqual([0.1])
  })

  it('begins anew when the server sets its clock back', () => {
    const buffer = bufferOf(seen(5000, track(1, 0.1)), seen(0, track(1, 0.7)))
    expect(leftsAt(buffer, 0)).toEqual([0.7])
    expect(buffer.newestMs).toBe(START)
  })

  it('asks for no drawing while nothing is there', () => {
    expect(bufferOf(seen(0), seen(1000)).hasNewsAfter(START + 500)).toBe(false)
  })
})

describe("the browser's clock", () => {
  it("is the server's while news comes as fast as news can", () => {
    const buffer = new SeenBuffer()
    buffer.add(seen(0), START + 400)
    expect(buffer.serverTime(START + 1000)).toBe(START + 1000)
  })

  it('is corrected when it runs ahead or behind', () => {
    for (const wrongMs of [3_600_000, -60_000]) {
      const buffer = new SeenBuffer()
      buffer.add(seen(0), START + wrongMs + 400)
      buffer.add(seen(100), START + wrongMs + 350)
      expect(buffer.serverTime(START + wrongMs + 1000)).toBe(START + 1000)
    }
  })
})
