/** Days as `yyyy-MM-dd`, without a zone. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

export function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`
}

export function firstOfNextMonth(day: string): string {
  return firstOfMonth(addDays(firstOfMonth(day), 31))
}

/** The weeks a month is shown in, Monday first; days of other months are undefined. */
export function weeksOf(month: string): (string | undefined)[][] {
  const first = firstOfMonth(month)
  const lead = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7
  const days: (string | undefined)[] = Array.from({ length: lead }, () => undefined)
  for (let day = first; firstOfMonth(day) === first; day = addDays(day, 1)) days.push(day)
  while (days.length % 7 !== 0) days.push(undefined)
  return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7))
}
