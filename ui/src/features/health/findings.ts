import type { CameraFindings } from '@/api'

/** What there is to tell: cameras with something wrong, the worst first. */
export type Told = { rows: CameraFindings[]; examined: number; noteCount: number }

const RANK = { error: 0, warning: 1, info: 2 } as const
const rank = (camera: CameraFindings) => Math.min(...camera.findings.map((one) => RANK[one.severity]))

/** Mere notes are left out unless wanted, and counted. Cameras of one rank keep their order. */
export function toldOf(cameras: CameraFindings[], notes: boolean): Told {
  return {
    rows: cameras
      .map((camera) => ({ ...camera, findings: camera.findings.filter((one) => notes || one.severity !== 'info') }))
      .filter((camera) => camera.findings.length > 0)
      .sort((a, b) => rank(a) - rank(b)),
    examined: cameras.filter((camera) => camera.examinedAt !== undefined).length,
    noteCount: cameras.reduce((sum, camera) => sum + camera.findings.filter((one) => one.severity === 'info').length, 0),
  }
}
