import { describe, expect, it } from 'vitest'
import { LiveLag } from './LiveLag'

describe('LiveLag', () => {
  it('plays at its own pace where it should be, and faster the further it is behind', () => {
    const lag = new LiveLag()
    expect(lag.rate(lag.seconds, 0)).toBe(1)
    expect(lag.rate(lag.seconds + 0.01, 0)).toBe(1)
    expect(lag.rate(lag.seconds + 0.2, 0)).toBeCloseTo(1.1)
    expect(lag.rate(lag.seconds + 2, 0)).toBe(1.5)
  })

  it('keeps further behind each time nothing was left, up to a bound', () => {
    const lag = new LiveLag()
    const before = lag.seconds
    lag.ranDry(0)
    expect(lag.seconds).toBeGreaterThan(before)
    for (let i = 0; i < 50; i++) lag.ranDry(0)
    expect(lag.seconds).toBe(0.8)
  })

  it('comes closer again, step by step, when nothing ran dry for a while', () => {
    const lag = new LiveLag()
    const least = lag.seconds
    lag.ranDry(1000)
    const most = lag.seconds
    lag.rate(0, 20_000)
    expect(lag.seconds).toBe(most)
    lag.rate(0, 21_500)
    const closer = lag.seconds
    expect(closer).toBeLessThan(most)
    lag.rate(0, 30_000)
    expect(lag.seconds).toBe(closer)
    for (let atMs = 42_000; atMs < 300_000; atMs += 250) lag.rate(0, atMs)
    expect(lag.seconds).toBe(least)
  })
})
