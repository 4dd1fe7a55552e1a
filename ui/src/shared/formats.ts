import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useZone } from './useZone'
import { zoneShortName } from './zones'

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** `1.4 TB`, with SI prefixes, as disks are sold. */
export function formatBytes(bytes: number, language: string): string {
  let value = Math.abs(bytes)
  let unit = 0
  while (value >= 1000 && unit < BYTE_UNITS.length - 1) {
    value /= 1000
    unit++
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(Math.sign(bytes) * value)} ${BYTE_UNITS[unit]}`
}

/** Dates, numbers and sizes in the language and zone in use. Instants are RFC 3339 texts or epoch milliseconds. */
export function useFormats() {
  const { t, locale } = useI18n()
  const zone = useZone()

  const dateTime = computed(() => {
    const make = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale.value, { timeZone: zone.value, hourCycle: 'h23', ...options })
    return {
      clock: make({ hour: '2-digit', minute: '2-digit', second: '2-digit' }),
      minutes: make({ hour: '2-digit', minute: '2-digit' }),
      day: make({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
      full: make({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }),
    }
  })
  const ms = (instant: string | number) => (typeof instant === 'number' ? instant : Date.parse(instant))

  const number = (value: number, digits = 1) => new Intl.NumberFormat(locale.value, { maximumFractionDigits: digits }).format(value)

  /** `2 h 5 min`, the two largest units. */
  function duration(durationMs: number): string {
    const seconds = Math.round(durationMs / 1000)
    if (durationMs < 10_000 && durationMs % 1000 !== 0) return t('unit.seconds', { n: number(durationMs / 1000) })
    if (seconds < 60) return t('unit.seconds', { n: seconds })
    const minutes = Math.floor(seconds / 60)
    if (minutes < 60) return join(t('unit.minutes', { n: minutes }), seconds % 60, 'unit.seconds')
    const hours = Math.floor(minutes / 60)
    if (hours < 24) return join(t('unit.hours', { n: hours }), minutes % 60, 'unit.minutes')
    return join(t('unit.days', { n: Math.floor(hours / 24) }), hours % 24, 'unit.hours')
  }
  const join = (first: string, rest: number, unit: string) => (rest === 0 ? first : `${first} ${t(unit, { n: rest })}`)

  return {
    number,
    duration,
    percent: (share: number, digits = 0) => new Intl.NumberFormat(locale.value, { style: 'percent', maximumFractionDigits: digits }).format(share),
    bytes: (value: number) => formatBytes(value, locale.value),
    bitrate: (bps: number) => (bps >= 1e6 ? `${number(bps / 1e6)} Mbit/s` : `${number(bps / 1e3, 0)} kbit/s`),
    /** `14:05:09` */
    clock: (instant: string | number) => dateTime.value.clock.format(ms(instant)),
    /** `14:05` */
    minutes: (instant: string | number) => dateTime.value.minutes.format(ms(instant)),
    /** `Sat, 21 Nov 2026` */
    day: (instant: string | number) => dateTime.value.day.format(ms(instant)),
    /** Day and minute, with the zone's short name. */
    full: (instant: string | number) => `${dateTime.value.full.format(ms(instant))} ${zoneShortName(zone.value, ms(instant), locale.value)}`,
    zoneName: (instant: string | number) => zoneShortName(zone.value, ms(instant), locale.value),
  }
}
