import { describe, expect, it } from 'vitest'
import type { CameraFindings, KnownFinding } from '@/api'
import { toldOf } from './findings'

const at = '2026-11-21T20:00:00Z'
const finding = (code: string, severity: KnownFinding['severity']): KnownFinding => ({ part: 'main', code, severity, detail: code, params: {}, since: at })
const camera = (name: string, ...findings: KnownFinding[]): CameraFindings => ({ camera: name, examinedAt: at, findings })

describe('what the nightly check tells', () => {
  const all = [camera('fine'), camera('quiet', finding('audio.none', 'info')), camera('slow', finding('gop.long', 'warning'), finding('audio.none', 'info')), camera('down', finding('stream.down', 'error'))]

  it('is what is wrong, the worst camera first', () => {
    const told = toldOf(all, false)
    expect(told.rows.map((row) => row.camera)).toEqual(['down', 'slow'])
    expect(told.rows[1]?.findings.map((one) => one.code)).toEqual(['gop.long'])
    expect(told).toMatchObject({ examined: 4, noteCount: 2 })
  })

  it('has the notes, too, when they are wanted', () => {
    expect(toldOf(all, true).rows.map((row) => [row.camera, row.findings.length])).toEqual([['down', 1], ['slow', 2], ['quiet', 1]])
  })

  it('is nothing before the first night', () => {
    expect(toldOf([{ camera: 'new', findings: [] }], true)).toEqual({ rows: [], examined: 0, noteCount: 0 })
  })
})
