import type { Area, Box, LineCount, Point, SceneLine, SceneZone } from '@/api'
import { GROUP_COLOUR, groupOf, UNKNOWN } from './classes'
import { boxIn, containedRect, pointIn, sidesOf, type PictureRect } from './pictureGeometry'
import type { Shown } from './SeenBuffer'

/** What stands still over a picture. */
export type Ground = { lines: SceneLine[]; zones: SceneZone[]; hidden: Area[]; counts: Record<string, LineCount> }
/** One object with its box; the tail may be empty. */
export type DrawnTrack = { label: string; score?: number; box: Box; tail: Point[] }

const DARK = 'rgb(5 8 11 / 72%)'
const INK = '#10161c'
const LINE = '#f4f7fa'
const MOTION = '#f0a93b'
const FONT = '600 11px system-ui, sans-serif'
const LABEL_PX = 16
/** A canvas of more pixels than two for each of CSS shows nothing more. */
const SHARPEST = 2
/** Pictures narrower than this have no room for scores and names. */
const ROOMY_PX = 300
/** From the direction of the pixel rows: to the right, then clockwise. */
const ARROWS = ['→', '↘', '↓', '↙', '←', '↖', '↑', '↗']

/**
 * Draws what is seen over a picture: what stands still on one canvas, what moves on the other, so that a moving box
 * costs no text of the rest. Draws only what differs from what is there already.
 */
export class OverlayDrawing {
  private stage = { widthPx: 0, heightPx: 0 }
  private rect?: PictureRect
  private ratio = 1
  /** What is drawn; undefined when that is not known. */
  private ground: { of: Ground | undefined; occupancy: string } | undefined
  private seenKey?: string

  /** @param nameOf the name of a class in the language in use */
  constructor(
    private readonly still: HTMLCanvasElement,
    private readonly moving: HTMLCanvasElement,
    private readonly nameOf: (label: string) => string,
  ) {}

  /** The element and the picture in it; a change takes everything away until it is drawn again. @returns whether there is a picture */
  fit(stage: { widthPx: number; heightPx: number }, picture: { widthPx: number; heightPx: number }): boolean {
    const ratio = Math.min(SHARPEST, window.devicePixelRatio || 1)
    if (stage.widthPx !== this.stage.widthPx || stage.heightPx !== this.stage.heightPx || ratio !== this.ratio) {
      for (const canvas of [this.still, this.moving]) {
        canvas.width = Math.round(stage.widthPx * ratio)
        canvas.height = Math.round(stage.heightPx * ratio)
      }
      this.stage = stage
      this.ratio = ratio
      this.forget()
    }
    const rect = containedRect(stage, picture)
    if (rect?.widthPx !== this.rect?.widthPx || rect?.heightPx !== this.rect?.heightPx) this.forget()
    this.rect = rect
    return rect !== undefined
  }

  /** Draws everything anew next time, as after a change of language. */
  forget(): void {
    this.ground = undefined
    this.seenKey = undefined
  }

  /** @param ground not changed in place: another one is another object */
  drawGround(ground: Ground | undefined, occupancy: Record<string, number>): void {
    const { rect } = this
    const next = { of: rect && ground, occupancy: JSON.stringify(occupancy) }
    if (this.ground && next.of === this.ground.of && next.occupancy === this.ground.occupancy) return
    this.ground = next
    const context = this.clear(this.still)
    if (!context || !rect || !ground) return
    for (const area of ground.hidden) drawHidden(context, rect, area)
    for (const zone of ground.zones) this.drawZone(context, rect, zone, occupancy[zone.id] ?? 0)
    for (const line of ground.lines) this.drawLine(context, rect, line, ground.counts[line.id])
  }

  /** @param blobs where something moves, drawn faintly; empty where objects have names */
  drawSeen({ tracks }: { tracks: DrawnTrack[] } | Shown, blobs: Box[]): void {
    const rect = this.rect
    const key = rect ? keyOf(rect, tracks, blobs) : ''
    if (key === this.seenKey) return
    this.seenKey = key
    const context = this.clear(this.moving)
    if (!context || !rect) return
    for (const blob of blobs) drawBlob(context, rect, blob)
    for (const track of tracks) drawTail(context, rect, track)
    for (const track of tracks) this.drawBox(context, rect, track)
  }

  private clear(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
    const context = canvas.getContext('2d')
    if (!context) return null
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0)
    context.clearRect(0, 0, this.stage.widthPx, this.stage.heightPx)
    context.font = FONT
    context.textBaseline = 'middle'
    context.lineJoin = 'round'
    return context
  }

  private drawBox(context: CanvasRenderingContext2D, rect: PictureRect, { label, score, box }: DrawnTrack): void {
    const { x, y, width, height } = boxIn(rect, box)
    const colour = GROUP_COLOUR[groupOf(label)]
    context.setLineDash(label === UNKNOWN ? [5, 4] : [])
    stroke(context, colour, 2, () => context.strokeRect(x, y, width, height))
    context.setLineDash([])
    if (label === UNKNOWN && rect.widthPx < ROOMY_PX) return // the dashes say as much
    const name = this.nameOf(label)
    const text = score === undefined || score === 0 || rect.widthPx < ROOMY_PX ? name : `${name} ${Math.round(score * 100)}`
    const above = y - rect.topPx >= LABEL_PX
    this.drawLabel(context, rect, text, x - 1, above ? y - LABEL_PX : y, colour)
  }

  /** A text on its colour, kept inside the picture. */
  private drawLabel(context: CanvasRenderingContext2D, rect: PictureRect, text: string, x: number, y: number, colour: string, ink = INK): void {
    const width = context.measureText(text).width + 8
    const left = Math.max(rect.leftPx, Math.min(x, rect.leftPx + rect.widthPx - width))
    const top = Math.max(rect.topPx, Math.min(y, rect.topPx + rect.heightPx - LABEL_PX))
    context.fillStyle = colour
    context.fillRect(left, top, width, LABEL_PX)
    context.fillStyle = ink
    context.textAlign = 'left'
    context.fillText(text, left + 4, top + LABEL_PX / 2 + 0.5)
  }

  private drawLine(context: CanvasRenderingContext2D, rect: PictureRect, line: SceneLine, count: LineCount | undefined): void {
    const a = pointIn(rect, line.a)
    const b = pointIn(rect, line.b)
    const { left, right } = sidesOf(a, b)
    stroke(context, LINE, 2, () => trace(context, [a, b], false))
    const middle: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
    for (const [side, sum] of [[left, count?.toLeft ?? 0], [right, count?.toRight ?? 0]] as const) {
      const text = `${arrowTo(side)} ${sum}`
      const width = context.measureText(text).width + 8
      const away = 6 + (Math.abs(side[0]) * width + Math.abs(side[1]) * LABEL_PX) / 2
      this.drawLabel(context, rect, text, middle[0] + side[0] * away - width / 2, middle[1] + side[1] * away - LABEL_PX / 2, LINE)
    }
    if (rect.widthPx >= ROOMY_PX) this.drawLabel(context, rect, line.name, a[0] + 4, a[1] - LABEL_PX / 2, DARK, LINE)
  }

  private drawZone(context: CanvasRenderingContext2D, rect: PictureRect, zone: SceneZone, inside: number): void {
    const corners = zone.points.map((point) => pointIn(rect, point))
    context.setLineDash([8, 4])
    stroke(context, LINE, 1.5, () => trace(context, corners, true))
    context.setLineDash([])
    context.fillStyle = LINE
    context.globalAlpha = inside > 0 ? 0.16 : 0.06
    context.fill()
    context.globalAlpha = 1
    const top = corners.reduce((best, corner) => (corner[1] < best[1] ? corner : best), corners[0] ?? [0, 0])
    const text = rect.widthPx < ROOMY_PX ? String(inside) : `${zone.name}: ${inside}`
    this.drawLabel(context, rect, text, top[0] + 4, top[1] + 4, inside > 0 ? LINE : DARK, inside > 0 ? INK : LINE)
  }
}

/** Light on dark on whatever the picture is. */
function stroke(context: CanvasRenderingContext2D, colour: string, widthPx: number, draw: () => void): void {
  context.strokeStyle = DARK
  context.lineWidth = widthPx + 2
  draw()
  context.strokeStyle = colour
  context.lineWidth = widthPx
  draw()
}

function trace(context: CanvasRenderingContext2D, points: Point[], closed: boolean): void {
  context.beginPath()
  points.forEach(([x, y], index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)))
  if (closed) context.closePath()
  context.stroke()
}

function drawTail(context: CanvasRenderingContext2D, rect: PictureRect, { label, tail }: DrawnTrack): void {
  if (tail.length < 2) return
  context.globalAlpha = 0.75
  stroke(context, GROUP_COLOUR[groupOf(label)], 1.5, () => trace(context, tail.map((point) => pointIn(rect, point)), false))
  context.globalAlpha = 1
}

function drawBlob(context: CanvasRenderingContext2D, rect: PictureRect, blob: Box): void {
  const { x, y, width, height } = boxIn(rect, blob)
  context.globalAlpha = 0.14
  context.fillStyle = MOTION
  context.fillRect(x, y, width, height)
  context.globalAlpha = 0.55
  context.strokeStyle = MOTION
  context.lineWidth = 1
  context.strokeRect(x, y, width, height)
  context.globalAlpha = 1
}

/** Hatched: what is looked at has black there, the live picture does not. */
function drawHidden(context: CanvasRenderingContext2D, rect: PictureRect, area: Area): void {
  context.save()
  trace(context, area.map((point) => pointIn(rect, point)), true)
  context.clip()
  context.strokeStyle = DARK
  context.lineWidth = 3
  for (let x = rect.leftPx - rect.heightPx; x < rect.leftPx + rect.widthPx; x += 8) trace(context, [[x, rect.topPx + rect.heightPx], [x + rect.heightPx, rect.topPx]], false)
  context.restore()
}

/** The arrow that points most nearly along a direction in pixels. */
export function arrowTo([dx, dy]: Point): string {
  const eighth = Math.round(Math.atan2(dy, dx) / (Math.PI / 4))
  return ARROWS[(eighth + 8) % 8] ?? '→'
}

/** Half a pixel is the finest difference anybody sees. */
function keyOf({ widthPx, heightPx }: PictureRect, tracks: DrawnTrack[], blobs: Box[]): string {
  const place = ([left, top, right, bottom]: Box) => `${Math.round(left * widthPx * 2)},${Math.round(top * heightPx * 2)},${Math.round(right * widthPx * 2)},${Math.round(bottom * heightPx * 2)}`
  const start = ({ tail: [first] }: DrawnTrack) => (first ? `${Math.round(first[0] * widthPx)},${Math.round(first[1] * heightPx)}` : '')
  return `${tracks.map((track) => `${track.label} ${Math.round((track.score ?? 0) * 100)} ${place(track.box)} ${start(track)}`).join('|')}/${blobs.map(place).join('|')}`
}
