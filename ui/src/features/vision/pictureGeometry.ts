import type { Box, Point } from '@/api'

/** Where the picture lies inside an element that shows it whole (`object-fit: contain`), in CSS pixels. */
export type PictureRect = { leftPx: number; topPx: number; widthPx: number; heightPx: number }

/** @returns undefined while there is no picture or no room */
export function containedRect(stage: { widthPx: number; heightPx: number }, picture: { widthPx: number; heightPx: number }): PictureRect | undefined {
  if (stage.widthPx <= 0 || stage.heightPx <= 0 || picture.widthPx <= 0 || picture.heightPx <= 0) return undefined
  const scale = Math.min(stage.widthPx / picture.widthPx, stage.heightPx / picture.heightPx)
  const widthPx = picture.widthPx * scale
  const heightPx = picture.heightPx * scale
  return { leftPx: (stage.widthPx - widthPx) / 2, topPx: (stage.heightPx - heightPx) / 2, widthPx, heightPx }
}

export function pointIn(rect: PictureRect, [x, y]: Point): Point {
  return [rect.leftPx + x * rect.widthPx, rect.topPx + y * rect.heightPx]
}

export function boxIn(rect: PictureRect, [left, top, right, bottom]: Box): { x: number; y: number; width: number; height: number } {
  const [x, y] = pointIn(rect, [left, top])
  return { x, y, width: (right - left) * rect.widthPx, height: (bottom - top) * rect.heightPx }
}

/** The place in the picture below a pixel, kept inside it. */
export function placeAt(rect: PictureRect, xPx: number, yPx: number): Point {
  return [clamp((xPx - rect.leftPx) / rect.widthPx), clamp((yPx - rect.topPx) / rect.heightPx)]
}

/** Four digits are a tenth of a pixel at 1080p: finer would only be noise in the settings. */
function clamp(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000
}

/**
 * The unit vectors, in pixels, to the left and right side of a line for who stands at `a` and looks at `b`. Rows count
 * downwards, so the left of somebody who looks to the right is up.
 */
export function sidesOf(aPx: Point, bPx: Point): { left: Point; right: Point } {
  const dx = bPx[0] - aPx[0]
  const dy = bPx[1] - aPx[1]
  const length = Math.hypot(dx, dy) || 1
  return { left: [dy / length, -dx / length], right: [-dy / length, dx / length] }
}
