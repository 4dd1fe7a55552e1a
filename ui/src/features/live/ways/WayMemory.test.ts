import { beforeEach, describe, expect, it } from 'vitest'
import { WayMemory } from './WayMemory'

describe('what was found out by trying', () => {
  let memory: WayMemory
  const gate = { camera: 'gate', stream: 'main' } as const
  const yard = { camera: 'yard', stream: 'main' } as const
  beforeEach(() => {
    const kept = new Map<string, string>()
    memory = new WayMemory({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value), removeItem: (key) => void kept.delete(key) })
  })

  it('holds for every camera when it was the network', () => {
    memory.note('webrtc', gate, { kind: 'network' })
    expect(memory.find('webrtc', yard)).toEqual({ kind: 'network' })
    expect(memory.find('mse', yard)).toBeUndefined()
  })

  it('holds for the one stream when it was the stream', () => {
    memory.note('webrtc', gate, { kind: 'reordered' })
    expect(memory.find('webrtc', gate)).toEqual({ kind: 'reordered' })
    expect(memory.find('webrtc', yard)).toBeUndefined()
    expect(memory.find('webrtc', { ...gate, stream: 'sub' })).toBeUndefined()
  })

  it('forgets the network once the way works, and nothing else', () => {
    memory.note('webrtc', gate, { kind: 'network' })
    memory.note('webrtc', gate, { kind: 'reordered' })
    memory.worked('webrtc')
    expect(memory.find('webrtc', yard)).toBeUndefined()
    expect(memory.find('webrtc', gate)).toEqual({ kind: 'reordered' })
  })

  it('forgets everything when somebody wants to try again', () => {
    memory.note('mse', gate, { kind: 'video' })
    memory.forget()
    expect(memory.find('mse', gate)).toBeUndefined()
  })
})
