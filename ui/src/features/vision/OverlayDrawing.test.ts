import { beforeEach, describe, expect, it } from 'vitest'
import { arrowTo, OverlayDrawing } from './OverlayDrawing'

/** Writes down what is drawn. */
class WrittenContext {
  readonly calls: string[] = []
  setTransform() {}
  setLineDash() {}
  beginPath() {}
  closePath() {}
  moveTo() {}
  lineTo() {}
  stroke() {}
  fill() {}
  clip() {}
  save() {}
  restore() {}
  clearRect() {
    this.calls.push('clear')
  }
  fillRect() {}
  strokeRect(...place: number[]) {
    this.calls.push(`box ${place.map(Math.round).join(' ')}`)
  }
  measureText(text: string) {
    return { width: text.length * 6 }
  }
  fillText(text: string) {
    this.calls.push(text)
  }
}

function canvasOf(context: WrittenContext): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.getContext = (() => context) as unknown as HTMLCanvasElement['getContext']
  return canvas
}

describe('the overlay', () => {
  const stage = { widthPx: 1000, heightPx: 450 }
  const picture = { widthPx: 1920, heightPx: 1080 }
  const car = { label: 'car', score: 0.71, box: [0.25, 0.2, 0.5, 0.6] as [number, number, number, number], tail: [] }
  let ground: WrittenContext
  let moving: WrittenContext
  let drawing: OverlayDrawing

  beforeEach(() => {
    ground = new WrittenContext()
    moving = new WrittenContext()
    drawing = new OverlayDrawing(canvasOf(ground), canvasOf(moving), (label) => label.toUpperCase())
    drawing.fit(stage, picture)
  })

  it('puts a box where the object is in the picture, bars left out, with its name and score', () => {
    drawing.drawSeen({ tracks: [car] }, [])
    expect(moving.calls).toContain('box 300 90 200 180')
    expect(moving.calls).toContain('CAR 71')
  })

  it('draws nothing anew while nothing differs', () => {
    drawing.drawSeen({ tracks: [car] }, [])
    const before = moving.calls.length
    drawing.drawSeen({ tracks: [{ ...car, box: [0.2501, 0.2, 0.5, 0.6] }] }, [])
    expect(moving.calls).toHaveLength(before)
    drawing.drawSeen({ tracks: [] }, [])
    expect(moving.calls).toHaveLength(before + 1)
  })

  it('says the counts of a line on its two sides, with arrows for who cannot tell colours', () => {
    drawing.drawGround({ lines: [{ id: 'l1', name: 'Gate', a: [0.1, 0.5], b: [0.9, 0.5] }], zones: [], hidden: [], counts: { l1: { toLeft: 3, toRight: 5, byClass: {} } } }, {})
    expect(ground.calls).toEqual(expect.arrayContaining(['↑ 3', '↓ 5', 'Gate']))
  })

  it('says how many are in a zone', () => {
    drawing.drawGround({ lines: [], zones: [{ id: 'z1', name: 'Yard', points: [[0, 0], [1, 0], [1, 1]] }], hidden: [], counts: {} }, { z1: 2 })
    expect(ground.calls).toContain('Yard: 2')
  })

  it('is gone with the picture', () => {
    drawing.drawSeen({ tracks: [car] }, [])
    expect(drawing.fit(stage, { widthPx: 0, heightPx: 0 })).toBe(false)
    drawing.drawSeen({ tracks: [car] }, [])
    expect(moving.calls.at(-1)).toBe('clear')
  })

  it('points along a direction', () => expect([arrowTo([1, 0]), arrowTo([0, -1]), arrowTo([-1, 1])]).toEqual(['→', '↑', '↙']))
})
