/** The grids Live offers: how many tiles, and how many of them in a row on a wide screen. */
export const LAYOUTS = [1, 4, 9, 16] as const
export type Layout = (typeof LAYOUTS)[number]

export function isLayout(value: unknown): value is Layout {
  return LAYOUTS.includes(value as Layout)
}

export function columnsOf(layout: Layout): number {
  return Math.sqrt(layout)
}

/** The smallest grid that holds them all; the largest when none does. */
export function layoutFor(cameras: number): Layout {
  return LAYOUTS.find((layout) => layout >= cameras) ?? 16
}

export function pageCount(cameras: number, layout: Layout): number {
  return Math.max(1, Math.ceil(cameras / layout))
}

/** The cameras of one page, in the given order. */
export function pageOf<T>(cameras: readonly T[], layout: Layout, page: number): T[] {
  return cameras.slice(page * layout, (page + 1) * layout)
}
