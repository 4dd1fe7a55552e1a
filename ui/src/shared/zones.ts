/** Indonesia's zones by the names people use; `Intl` says "GMT+7" in English. */
const INDONESIAN: Record<string, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Ujung_Pandang': 'WITA',
  'Asia/Jayapura': 'WIT',
}

/** WIB, WITA, WIT, or what `Intl` calls the zone at that instant. */
export function zoneShortName(zone: string, atMs: number, language: string): string {
  const known = INDONESIAN[zone]
  if (known !== undefined) return known
  const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'short' }).formatToParts(atMs)
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone
}

/** Epoch milliseconds of the start of the calendar day that holds `atMs` in the zone, moved by whole days. */
export function startOfDay(zone: string, atMs: number, days = 0): number {
  const [year, month, day] = calendarDay(zone, atMs)
  return wallTime(zone, year, month, day + days)
}

/** `[year, month 1..12, day]` of an instant in a zone. */
export function calendarDay(zone: string, atMs: number): [number, number, number] {
  const [year, month, day] = isoDay(zone, atMs).split('-').map(Number)
  return [year ?? 1970, month ?? 1, day ?? 1]
}

/** `yyyy-MM-dd` of an instant in a zone. */
export function isoDay(zone: string, atMs: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(atMs)
}

/** Epoch milliseconds of a wall-clock time in a zone. A time skipped by summer time becomes the one an hour later. */
export function wallTime(zone: string, year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second)
  // Twice: the offset at the guess may differ from the offset at the answer, near a change of the clocks.
  const guess = asUtc - offsetMs(zone, asUtc)
  return asUtc - offsetMs(zone, guess)
}

/** Offset of a zone from UTC at an instant, in milliseconds. */
export function offsetMs(zone: string, atMs: number): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const part: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(atMs)) part[type] = Number(value)
  const local = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second)
  return local - Math.floor(atMs / 1000) * 1000
}
