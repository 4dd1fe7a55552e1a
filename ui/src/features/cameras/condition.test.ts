import { describe, expect, it } from 'vitest'
import type { Camera, StreamState } from '@/api'
import { cameraCondition, streamHost } from './condition'

const since = '2026-11-21T07:00:00Z'
function camera(main: Partial<StreamState>, recording: Camera['state']['recording']['state'] = 'recording'): Camera {
  return {
    id: 'gate', name: 'Gate', enabled: true, labels: [], recording: { mode: 'continuous', segmentMs: 60000, preRollMs: 5000, postRollMs: 10_000, mergeMs: 5000 }, main: { url: 'rtsp://10.0.0.1/', transport: 'tcp' }, hasPassword: false, vision: { enabled: false, objects: true, priority: 'normal', sensitivity: 50, classes: [], leastScore: 0.4, scores: {}, lines: [], zones: [], watched: [], ignored: [], hidden: [] }, createdAt: since,
    state: { main: { phase: 'streaming', since, viewers: 0, ...main }, recording: { state: recording, since }, vision: { phase: 'off', since, keyFramesOnly: false, fps: 0, lookedFps: 0, passedOverFps: 0 } },
  }
}

describe('cameraCondition', () => {
  it('is well when it streams and records', () => expect(cameraCondition(camera({})).kind).toBe('well'))
  it('is well when it streams and recording is off', () => expect(cameraCondition(camera({}, 'off')).kind).toBe('well'))
  it('is paused when live goes on without recording', () => expect(cameraCondition(camera({}, 'paused')).kind).toBe('paused'))
  it('is in trouble while it waits for the next attempt', () => expect(cameraCondition(camera({ phase: 'waiting', reason: 'UNREACHABLE' })).kind).toBe('trouble'))
  it('stays in trouble during an attempt after a failure', () => expect(cameraCondition(camera({ phase: 'connecting', reason: 'STALLED' })).kind).toBe('trouble'))
  it('connects when nothing failed yet', () => expect(cameraCondition(camera({ phase: 'connecting' })).kind).toBe('connecting'))
})

describe('streamHost', () => {
  it('never shows credentials', () => expect(streamHost('rtsp://a:b@10.0.0.1/x')).toBe('10.0.0.1:554'))
  it('knows the standard ports', () => expect(streamHost('rtsps://cam')).toBe('cam:322'))
  it('knows those of other protocols', () => expect(['rtmp://h/live', 'https://h/a.m3u8', 'srt://h:9000'].map(streamHost)).toEqual(['h:1935', 'h:443', 'h:9000']))
  it('keeps IPv6 addresses whole', () => expect(streamHost('rtsp://[fe80::1]:8554/x')).toBe('[fe80::1]:8554'))
})
