import { describe, expect, it } from 'vitest'
import type { Vision } from '@/api'
import { changesOf, patchOf } from './changes'
import { drawnOf, newShape, shapesOf } from './shapes'
import { useHistory } from './useHistory'

const stored: Vision = {
  enabled: true, objects: true, priority: 'normal', sensitivity: 50, classes: ['person', 'car'], leastScore: 0.4, scores: {},
  lines: [{ id: 'l1', name: 'Gate', a: [0.1, 0.5], b: [0.9, 0.5] }],
  zones: [{ id: 'z1', name: 'Yard', points: [[0, 0], [1, 0], [1, 1]], dwellS: 30 }],
  watched: [], ignored: [[[0, 0], [0.2, 0], [0.2, 0.2]]], hidden: [],
}

describe('what is drawn', () => {
  it('is what was stored, there and back', () => {
    const untouched = { ...stored, ...drawnOf(shapesOf(stored)) }
    expect(changesOf(stored, untouched)).toEqual([])
    expect(patchOf(stored, untouched)).toEqual({})
  })

  it('gets an id that is free', () => {
    const shapes = shapesOf(stored)
    const line = newShape(shapes, 'line', [[0, 0], [1, 1]], (n) => `Line ${n}`)
    expect(line).toMatchObject({ id: 'l2', name: 'Line 2' })
    expect(newShape([...shapes, line], 'hidden', [], String)).toMatchObject({ id: '', name: '', key: 'new 2' })
  })
})

describe('the difference before saving', () => {
  it('names what came, went and changed, and sends no more than that', () => {
    const after: Vision = { ...stored, lines: [{ id: 'l1', name: 'Gate', a: [0.9, 0.5], b: [0.1, 0.5] }], zones: [], hidden: [[[0, 0], [0.1, 0], [0.1, 0.1]]], ignored: [[[0, 0], [0.3, 0], [0.2, 0.2]]], sensitivity: 60 }
    expect(changesOf(stored, after)).toEqual([
      { what: 'changed', kind: 'line', name: 'Gate' },
      { what: 'removed', kind: 'zone', name: 'Yard' },
      { what: 'changed', kind: 'ignored', name: '' },
      { what: 'added', kind: 'hidden', name: '' },
      { what: 'setting', field: 'sensitivity', from: 50, to: 60 },
    ])
    expect(Object.keys(patchOf(stored, after))).toEqual(['lines', 'zones', 'ignored', 'hidden', 'sensitivity'])
  })

  it('takes an absent dwell time for none', () => {
    const [zone] = stored.zones
    if (!zone) throw new Error('no zone')
    const none = { ...stored, zones: [{ id: zone.id, name: zone.name, points: zone.points }] }
    expect(patchOf(none, { ...none, ...drawnOf(shapesOf(none)) })).toEqual({})
  })
})

describe('the history', () => {
  it('goes back and on again until something else is done', () => {
    const { now, change, undo, redo, canUndo, canRedo } = useHistory('a')
    undo()
    change('b')
    change('c')
    undo()
    expect([now.value, canUndo.value, canRedo.value]).toEqual(['b', true, true])
    redo()
    undo()
    undo()
    expect([now.value, canUndo.value]).toEqual(['a', false])
    change('d')
    redo()
    expect([now.value, canRedo.value]).toEqual(['d', false])
  })
})
