import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, type RecordingReport } from '@/api'

export type ReportRequest = { camera?: string; from: string; until: string }
export type ModeSum = { mode: string; keptMs: number; sizeBytes: number; spans: number; savedShare: number }

/** What each mode kept, or would have kept. Days are of the site's zone, `until` inclusive. */
export function useRecordingReport(asked: MaybeRefOrGetter<ReportRequest>) {
  const query = useQuery({
    queryKey: computed(() => ['recording-report', toValue(asked)]),
    queryFn: ({ signal }) => api.recordingReport(toValue(asked), signal),
  })
  return { report: query.data, isLoading: query.isLoading, error: query.error, refetch: query.refetch }
}

/** All days together, by mode in the report's order. */
export function sumsOf(report: Pick<RecordingReport, 'days'>): ModeSum[] {
  const sums = new Map<string, ModeSum>()
  for (const day of report.days)
    for (const mode of day.modes) {
      const sum = sums.get(mode.mode) ?? { mode: mode.mode, keptMs: 0, sizeBytes: 0, spans: 0, savedShare: 0 }
      sum.keptMs += mode.keptMs
      sum.sizeBytes += mode.sizeBytes
      sum.spans += mode.spans
      sums.set(mode.mode, sum)
    }
  const whole = sums.get('continuous')?.sizeBytes ?? 0
  return [...sums.values()].map((sum) => ({ ...sum, savedShare: whole === 0 ? 0 : 1 - sum.sizeBytes / whole }))
}
