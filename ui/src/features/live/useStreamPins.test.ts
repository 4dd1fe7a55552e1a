import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useStreamPins } from './useStreamPins'

/** What a page loaded anew finds. */
const afterReload = () => {
  setActivePinia(createPinia())
  return useStreamPins()
}

describe('pinned streams', () => {
  beforeEach(() => {
    localStorage.clear()
    setActivePinia(createPinia())
  })

  it('are kept for each camera by itself', () => {
    useStreamPins().toggle('gate', 'sub', 'sub')
    expect(afterReload().of('gate')).toBe('main')
    expect(afterReload().of('yard')).toBeUndefined()
  })

  it('go where the tile would take that stream anyway', () => {
    const pins = useStreamPins()
    pins.toggle('gate', 'sub', 'sub')
    pins.toggle('gate', 'main', 'sub')
    expect(pins.of('gate')).toBeUndefined()
    expect(localStorage.getItem('pantau.live.streams')).toBe('{}')
  })

  it('hold against the choice of a large tile', () => {
    const pins = useStreamPins()
    pins.toggle('gate', 'main', 'main')
    expect(pins.of('gate')).toBe('sub')
  })

  it.each(['nonsense', 'null', '[1]', '{"gate":"third"}'])('ignore a storage of %s', (text) => {
    localStorage.setItem('pantau.live.streams', text)
    expect(afterReload().of('gate')).toBeUndefined()
  })
})
