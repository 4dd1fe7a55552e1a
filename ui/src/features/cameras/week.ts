/** A week of half hours from Monday 00:00 on, as the server keeps it: seven texts of 48 letters. */
export const DAYS = 7
export const SLOTS = 48
export type Slot = '.' | 'X' | 'C' | 'M' | 'O'
export const BRUSHES: readonly Slot[] = ['C', 'M', 'O', 'X', '.']

export type Cell = { day: number; slot: number }
/** Of half hours of one day, `until` exclusive. */
export type Run = { from: number; until: number; value: Slot }

const AS_SET = '.'.repeat(SLOTS)

export const emptyWeek = (): string[] => Array.from({ length: DAYS }, () => AS_SET)

/** What is sent: null for a week that changes nothing. */
export function weekInput(week: string[]): string[] | null {
  return week.every((day) => day === AS_SET) ? null : week
}

export function slotAt(week: string[], { day, slot }: Cell): Slot {
  return (week[day]?.[slot] ?? '.') as Slot
}

/** Paints the rectangle between two cells, both inclusive. @returns a new week */
export function paint(week: string[], from: Cell, to: Cell, value: Slot): string[] {
  const [firstDay, lastDay] = [Math.min(from.day, to.day), Math.max(from.day, to.day)]
  const [first, last] = [Math.min(from.slot, to.slot), Math.max(from.slot, to.slot)]
  return week.map((text, day) => (day < firstDay || day > lastDay ? text : text.slice(0, first) + value.repeat(last - first + 1) + text.slice(last + 1)))
}

/** What holds on one day, without what is as set. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = []
  for (let slot = 0; slot < SLOTS; slot++) {
    const value = (text[slot] ?? '.') as Slot
    const last = runs.at(-1)
    if (last !== undefined && last.until === slot && last.value === value) last.until = slot + 1
    else if (value !== '.') runs.push({ from: slot, until: slot + 1, value })
  }
  return runs
}

/** `08:30`; the end of a day is `24:00`. */
export function slotTime(slot: number): string {
  return `${String(Math.floor(slot / 2)).padStart(2, '0')}:${slot % 2 === 0 ? '00' : '30'}`
}

/** Where a key goes from a cell; undefined for one that moves nothing. @param across whether slots run from left to right */
export function moved({ day, slot }: Cell, key: string, across: boolean): Cell | undefined {
  const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -SLOTS], End: [0, SLOTS] }[key]
  if (by === undefined) return undefined
  const arrow = key.startsWith('Arrow')
  const [days = 0, slots = 0] = arrow && !across ? [by[1], by[0]] : by
  return { day: Math.min(DAYS - 1, Math.max(0, day + days)), slot: Math.min(SLOTS - 1, Math.max(0, slot + slots)) }
}
