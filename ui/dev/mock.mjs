// A stand-in for the server, for development and screenshots only: speaks docs/design/api.md from memory, forgets all on exit.
//   MOCK_CAMERAS=12 MOCK_SETUP=1 MOCK_PORT=8080 node dev/mock.mjs     users: admin / rahasia-sekali, satpam / rahasia-sekali
// Serves ui/dist too, so a built UI can be looked at as it ships.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { WebSocketServer } from 'ws'

const port = Number(process.env.MOCK_PORT ?? 8080)
const dist = fileURLToPath(new URL('../dist', import.meta.url))
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const ago = (ms) => new Date(Date.now() - ms).toISOString()
const zone = 'Asia/Jakarta'

let setupNeeded = process.env.MOCK_SETUP === '1'
let failures = 0
const sessions = new Map()
const users = [
  { username: 'admin', role: 'administrator', cameras: 'all', language: 'id', createdAt: ago(90 * DAY), lastSignInAt: ago(5 * MINUTE) },
  { username: 'satpam', role: 'operator', cameras: ['gerbang-utama', 'lobi'], language: 'id', createdAt: ago(60 * DAY), lastSignInAt: ago(9 * HOUR) },
  { username: 'budi.hartono', role: 'operator', cameras: [], language: 'en', createdAt: ago(2 * DAY), lastSignInAt: null },
]
let workers = [{ name: 'gudang', capacity: 8, addedAt: ago(9 * 24 * HOUR), connectedSince: ago(2 * HOUR), address: '192.168.1.31', cameras: 5, load: 0.62, hasModel: true }, { name: 'kantor', capacity: 4, addedAt: ago(3 * 24 * HOUR) }]
const settings = { zone, language: 'id', connectCap: 8, defaultRetentionDays: 180, publicHost: '', publicPorts: { http: 0, https: 0, rtsp: 0, rtsps: 0, rtmp: 0, rtmps: 0, webrtc: 0 }, nightlyCheck: '03:00' }

const NAMES = [
  'Gerbang Utama', 'Lobi', 'Parkir Timur', 'Parkir Barat lantai dua dekat tangga darurat dan ruang genset cadangan', 'Gudang A',
  'Gudang B', 'Kasir 1', 'Ruang Server', '<b>Halaman</b> "belakang" & taman', 'مدخل الشرقي', 'Jl. Sudirman – Simpang 4', 'Lift',
]
const format = { video: { codec: 'H264', widthPx: 1920, heightPx: 1080, fps: 25 }, audio: { codec: 'AAC', sampleRateHz: 16000, channels: 1 } }
const streaming = (extra = {}) => ({ phase: 'streaming', since: ago(7 * HOUR), format, fps: 25, bitrateBps: 4_100_000, keyFrameIntervalMs: 2000, packetsLost: 0, viewers: 1, ...extra })
const waiting = (reason, sinceMs) => ({ phase: 'waiting', since: ago(sinceMs), reason, detail: `${reason} at 10.0.4.21:554`, nextAttemptAt: new Date(Date.now() + 14_000).toISOString(), viewers: 0 })

function makeCamera(index) {
  const name = NAMES[index] ?? `Kamera ${index + 1}`
  const id = index < NAMES.length ? (name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 40) || `kamera-${index + 1}`) : `kamera-${index + 1}`
  const camera = {
    id, name, enabled: true, main: { url: `rtsp://10.0.4.${21 + index}:554/Streaming/Channels/101`, transport: 'tcp' },
    sub: index % 2 === 0 ? { url: `rtsp://10.0.4.${21 + index}:554/Streaming/Channels/102`, transport: 'tcp' } : null,
    username: 'viewer', hasPassword: true, recording: { mode: 'continuous', segmentMs: 60_000, retentionDays: index === 1 ? 30 : null, retentionBytes: null },
    labels: [], onvif: index === 0 ? { address: 'http://10.0.4.21/onvif/device_service' } : null, createdAt: ago(40 * DAY), state: { main: streaming(), recording: { state: 'recording', since: ago(7 * HOUR) } },
  }
  camera.vision = visionOf(index)
  if (index === 2) camera.state = { main: waiting('UNAUTHORIZED', 12 * MINUTE), recording: { state: 'waiting', cause: 'CAMERA', since: ago(12 * MINUTE) } }
  if (index === 3) camera.state = { main: waiting('UNREACHABLE', 2 * HOUR), recording: { state: 'waiting', cause: 'NETWORK', since: ago(2 * HOUR) } }
  if (index === 5) { camera.enabled = false; camera.state = { main: { phase: 'disabled', since: ago(3 * DAY), viewers: 0 }, recording: { state: 'off', since: ago(3 * DAY) } } }
  if (index === 6) camera.state.recording = { state: 'paused', cause: 'DISK', since: ago(3 * MINUTE) }
  if (index === 7) camera.state.main = streaming({ format: { video: { codec: 'H265', widthPx: 3840, heightPx: 2160, fps: 20 } }, bitrateBps: 8_200_000, fps: 20 })
  if (index === 8) { camera.recording.mode = 'off'; camera.state.recording = { state: 'off', since: ago(DAY) } }
  if (index === 9) camera.state.main = { phase: 'connecting', since: ago(3000), viewers: 0 }
  if (index === 11) {
    Object.assign(camera, { main: { url: 'publish://', transport: 'tcp' }, sub: null, username: undefined, hasPassword: false, streamKey: '8f14e45fceea167a5a36dedd4bea2543' })
    camera.state = { main: { ...waiting('NOT_PUBLISHED', 20 * MINUTE), nextAttemptAt: undefined }, recording: { state: 'waiting', cause: 'CAMERA', since: ago(20 * MINUTE) } }
  }
  return camera
}
function visionOf(index) {
  const scene = index === 0
    ? {
        lines: [{ id: 'l1', name: 'Gerbang', a: [0.12, 0.72], b: [0.62, 0.58] }],
        zones: [{ id: 'z1', name: 'Depan pintu', points: [[0.62, 0.4], [0.93, 0.4], [0.97, 0.82], [0.66, 0.78]], dwellS: 30 }],
        ignored: [[[0.02, 0.02], [0.35, 0.02], [0.3, 0.22], [0.04, 0.26]]], hidden: [[[0.8, 0.05], [0.97, 0.05], [0.97, 0.25], [0.8, 0.25]]],
      }
    : { lines: [], zones: [], ignored: [], hidden: [] }
  return { enabled: index < 2 || process.env.MOCK_ANALYSED === 'all', objects: true, priority: 'normal', sensitivity: 50, classes: ['person', 'bicycle', 'car', 'motorcycle', 'bus', 'truck'], leastScore: 0.4, scores: index === 0 ? { person: 0.5 } : {}, watched: [], ...scene }
}
const analysing = (index) => ({ phase: index < 2 ? 'analysing' : 'off', since: ago(HOUR), detail: null, stream: 'sub', keyFramesOnly: false, model: index === 1 ? null : 'yolox-nano-wide', fps: 5, lookedFps: 4.9, passedOverFps: 0.1 })

/** A still that looks like a street, as SVG: browsers show it where a JPEG would be. */
function still(res, box) {
  const [l, t, r, b] = (box ?? [0.3, 0.55, 0.42, 0.75]).map((one, index) => one * (index % 2 === 0 ? 640 : 360))
  res.writeHead(200, { 'Content-Type': 'image/svg+xml' })
  res.end(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="640" height="360" fill="#6b7a86"/><rect y="210" width="640" height="150" fill="#3b4248"/><path d="M0 285h640" stroke="#d8d2b0" stroke-width="4" stroke-dasharray="30 20"/><rect x="40" y="60" width="150" height="150" fill="#8d8172"/><rect x="420" y="90" width="180" height="120" fill="#7c6a5c"/><rect x="${l}" y="${t}" width="${r - l}" height="${b - t}" rx="6" fill="#a33f35"/></svg>`)
}

const LABELS = ['person', 'car', 'motorcycle', 'truck', 'bicycle', 'bus']
const KINDS_OF_EVENT = ['object', 'line', 'zoneEnter', 'object', 'motion', 'line', 'zoneDwell', 'object']
const seenEvents = new Set()
const eventAt = (number) => Math.floor(Date.now() / HOUR) * HOUR + 50 * MINUTE - number * 3.7 * MINUTE
function eventOf(number) {
  const type = KINDS_OF_EVENT[number % 8]
  const named = type !== 'motion'
  const left = 0.1 + ((number * 37) % 60) / 100
  const startMs = Math.min(eventAt(number), Date.now() - number * 1000)
  return {
    id: `e${number}`, camera: cameras[Math.floor(number / 3) % 2 === 0 ? 0 : 1].id, type, label: named ? LABELS[number % 6] : null, score: named ? 0.5 + (number % 5) / 10 : null, track: named ? number : null,
    line: type === 'line' ? 'l1' : null, zone: type.startsWith('zone') ? 'z1' : null, direction: type === 'line' ? (number % 2 ? 'toLeft' : 'toRight') : null, name: type === 'line' ? 'Gerbang' : type.startsWith('zone') ? 'Depan pintu' : null,
    start: new Date(startMs).toISOString(), end: number === 0 ? null : new Date(startMs + 9000).toISOString(), box: [left, 0.5, left + 0.14, 0.75], hasSnapshot: number % 7 !== 5, seen: number % 4 === 3 || seenEvents.has(`e${number}`),
  }
}
function eventPage(res, url, visible) {
  const all = (name) => url.searchParams.getAll(name)
  const [from, until] = [Date.parse(url.searchParams.get('from') ?? '') || 0, Date.parse(url.searchParams.get('until') ?? '') || Infinity]
  const matches = (event) =>
    visible.some((camera) => camera.id === event.camera) && (all('camera').length === 0 || all('camera').includes(event.camera)) && (all('type').length === 0 || all('type').includes(event.type)) && (all('class').length === 0 || all('class').includes(event.label)) && Date.parse(event.start) >= from && Date.parse(event.start) < until
  const found = Array.from({ length: Number(process.env.MOCK_EVENTS ?? 300) }, (_, number) => eventOf(number)).filter(matches)
  const start = Number(url.searchParams.get('cursor') ?? 0)
  const limit = Number(url.searchParams.get('limit') ?? 50)
  return json(res, { events: found.slice(start, start + limit), nextCursor: start + limit < found.length ? String(start + limit) : null })
}
/** A walk through the picture and back, seen ten times a second. */
function tellObjects(socket, camera) {
  socket.send(JSON.stringify({ type: 'scene', classes: camera.vision.classes, lines: camera.vision.lines, zones: camera.vision.zones, hidden: camera.vision.hidden, state: camera.state.vision, counts: { l1: { toLeft: 3, toRight: 5, byClass: { car: { toLeft: 3, toRight: 5 } } } }, countsSince: ago(9 * HOUR) }))
  const timer = setInterval(() => {
    const way = (Date.now() % 12_000) / 12_000
    const x = 0.05 + 0.75 * (way < 0.5 ? 2 * way : 2 - 2 * way)
    const named = camera.id !== cameras[1]?.id
    const tracks = named ? [{ id: 1, label: 'car', score: 0.71, box: [x, 0.55, x + 0.16, 0.8], stationary: false }, { id: 2, label: 'person', score: 0.86, box: [0.7, 0.42, 0.76, 0.74], stationary: true }, { id: 3, label: 'unknown', score: 0.4, box: [0.3, 0.3, 0.36, 0.4], stationary: true }] : []
    socket.send(JSON.stringify({ type: 'seen', at: ago(200), motion: 0.04 + 0.03 * Math.sin(Date.now() / 900), blobs: [[x, 0.55, x + 0.16, 0.8]], tracks }))
  }, 100)
  socket.on('close', () => clearInterval(timer))
}
let cameras = Array.from({ length: Number(process.env.MOCK_CAMERAS ?? 12) }, (_, index) => makeCamera(index))
cameras.forEach((camera, index) => { camera.state.vision = analysing(index) })

const volumes = () => [
  { id: 'v1', path: '/srv/pantau/recordings', state: 'ok', totalBytes: 4e12, freeBytes: 1.16e12, recordingsBytes: 2.7e12, writeBytesPerS: 6.1e6, lowWatermarkBytes: 1e11, highWatermarkBytes: 2e11, effectiveRetentionDays: 182, oldest: ago(160 * DAY) },
  { id: 'v2', path: '/mnt/nas/pantau', state: 'missing', detail: 'the identity file of the volume is not there', totalBytes: 8e12, freeBytes: 8e12, recordingsBytes: 0, writeBytesPerS: 0, lowWatermarkBytes: 1e11, highWatermarkBytes: 2e11 },
]
const alarms = () => cameras.length < 3 ? [] : [
  { id: 'a1', kind: 'volume', subject: 'v2', cause: 'MISSING', detail: 'The volume is not mounted.', since: ago(50 * MINUTE) },
  { id: 'a2', kind: 'camera', subject: cameras[2].id, cause: 'UNAUTHORIZED', detail: 'Wrong password at 10.0.4.23:554.', since: ago(12 * MINUTE) },
]

function gapsOf(index, fromMs, untilMs) {
  const base = Math.floor(fromMs / DAY) * DAY
  const at = (hour, minutes, cause, detail) => ({ startMs: base + hour * HOUR, endMs: base + hour * HOUR + minutes * MINUTE, cause, detail })
  const all = [at(2 + (index % 5), 6, 'RESTART', 'Pantau was not running')]
  if (index % 3 === 0) all.push(at(9.5, 34, 'NETWORK', 'no answer from the camera'))
  if (index % 4 === 2) all.push(at(14, 95, 'CAMERA', 'the camera refused the password'), at(20, 3, 'DISK', 'the volume was too slow'))
  if (index === 5) all.push(at(0, 1440, 'POLICY', 'switched off'))
  return all
    .map((gap) => ({ ...gap, startMs: Math.max(gap.startMs, fromMs), endMs: Math.min(gap.endMs, untilMs, Date.now()) }))
    .filter((gap) => gap.startMs < gap.endMs)
    .sort((a, b) => a.startMs - b.startMs)
    .map(({ startMs, endMs, cause, detail }) => ({ start: new Date(startMs).toISOString(), end: new Date(endMs).toISOString(), cause, detail }))
}
const imaging = {
  settings: { brightness: 50, contrast: 62, colorSaturation: 45, sharpness: 0.4, irCutFilter: 'AUTO' },
  ranges: { brightness: { min: 0, max: 100 }, contrast: { min: 0, max: 100 }, colorSaturation: { min: 0, max: 100 }, sharpness: { min: 0, max: 1 }, irCutFilter: ['ON', 'OFF', 'AUTO'] },
}
const FINDINGS = [
  [{ part: 'sub', code: 'sub.none', severity: 'info', params: {} }],
  [{ part: 'main', code: 'stream.down', severity: 'error', params: { reason: 'UNREACHABLE' } }],
  [],
  [{ part: 'device', code: 'onvif.clockOffset', severity: 'warning', params: { seconds: '-25200' } }, { part: 'main', code: 'gop.long', severity: 'warning', params: { intervalMs: '10000' } }, { part: 'main', code: 'audio.none', severity: 'info', params: {} }],
  [{ part: 'sub', code: 'sub.notSmaller', severity: 'warning', params: { size: '1920×1080' } }],
]
function findingsOf(index) {
  const at = new Date(Math.floor(Date.now() / 864e5) * 864e5 - 4 * 36e5)
  const since = new Date(at - 5 * 864e5).toISOString()
  return { camera: cameras[index].id, examinedAt: at.toISOString(), findings: (FINDINGS[index] ?? []).map((one) => ({ detail: one.code, since, ...one })) }
}
function coverageOf(index, fromMs, untilMs) {
  const end = Math.min(untilMs, Date.now())
  const gaps = gapsOf(index, fromMs, untilMs)
  const wantedMs = Math.max(0, end - fromMs)
  const lostMs = gaps.filter((gap) => gap.cause !== 'POLICY').reduce((sum, gap) => sum + Date.parse(gap.end) - Date.parse(gap.start), 0)
  const spans = []
  let cursor = fromMs
  for (const gap of [...gaps, { start: new Date(end).toISOString(), end: new Date(end).toISOString() }]) {
    if (Date.parse(gap.start) > cursor) spans.push({ start: new Date(cursor).toISOString(), end: gap.start, reason: 'continuous', sizeBytes: Math.round((Date.parse(gap.start) - cursor) * 500) })
    cursor = Date.parse(gap.end)
  }
  if (index === 5) spans.length = 0
  return { wantedMs: index === 5 ? 0 : wantedMs, recordedMs: index === 5 ? 0 : wantedMs - lostMs, spans, gaps }
}

function problem(res, status, code, extra = {}) {
  res.writeHead(status, { 'Content-Type': 'application/problem+json' })
  res.end(JSON.stringify({ type: 'about:blank', title: code, status, code, detail: `${code}.`, ...extra }))
}
function json(res, body, status = 200, headers = {}) {
  res.writeHead(status, { 'Content-Type': 'application/json', ...headers })
  res.end(body === undefined ? '' : JSON.stringify(body))
}
function signIn(res, user, status = 200) {
  const id = Math.random().toString(36).slice(2)
  sessions.set(id, user.username)
  user.lastSignInAt = new Date().toISOString()
  json(res, me(user), status, { 'Set-Cookie': [`PANTAU_SESSION=${id}; Path=/; HttpOnly; SameSite=Strict`, 'PANTAU_CSRF=mock; Path=/; SameSite=Strict'] })
}
const me = ({ username, role, language, cameras: rights }) => ({ username, role, language, cameras: rights, zone: settings.zone })

async function handle(req, res) {
  const url = new URL(req.url, 'http://mock')
  if (!url.pathname.startsWith('/api/v1/')) return serveFile(url.pathname, res)
  const parts = url.pathname.slice('/api/v1/'.length).split('/').map(decodeURIComponent)
  const text = await new Promise((resolve) => { let all = ''; req.on('data', (part) => (all += part)); req.on('end', () => resolve(all)) })
  const body = text === '' ? {} : JSON.parse(text)
  const route = `${req.method} ${parts[0]}`
  const session = /PANTAU_SESSION=(\w+)/.exec(req.headers.cookie ?? '')?.[1]
  const user = users.find((one) => one.username === sessions.get(session))

  if (route === 'GET setup') return json(res, { needed: setupNeeded })
  if (route === 'POST setup') {
    if (!setupNeeded || body.token !== 'satu-kali') return problem(res, 403, 'setup.badToken')
    if (body.password.length < 10) return problem(res, 400, 'request.invalid', { fieldErrors: [{ field: 'password', code: 'tooShort', message: 'at least 10 characters' }] })
    setupNeeded = false
    users[0] = { ...users[0], username: body.username, language: body.language }
    return signIn(res, users[0])
  }
  if (route === 'POST auth' && parts[1] === 'login') {
    if (failures >= 3) { failures = 0; return problem(res, 429, 'auth.throttled', { params: { retryAfterS: 20 } }) }
    const found = users.find((one) => one.username === body.username)
    if (!found || body.password !== 'rahasia-sekali') { failures++; return problem(res, 401, 'auth.badCredentials') }
    failures = 0
    return signIn(res, found)
  }
  if (!user) return problem(res, 401, 'auth.required')
  if (req.method !== 'GET' && req.headers['x-csrf-token'] !== 'mock') return problem(res, 403, 'auth.csrf')
  const visible = cameras.filter((camera) => user.cameras === 'all' || user.cameras.includes(camera.id))
  const range = () => [Date.parse(url.searchParams.get('from')), Date.parse(url.searchParams.get('until'))]

  if (parts[0] === 'auth') {
    if (parts[1] === 'me') return json(res, me(user))
    if (parts[1] === 'logout') { sessions.delete(session); return json(res, undefined, 204) }
    if (parts[1] === 'password') return body.current === 'rahasia-sekali' ? json(res, undefined, 204) : problem(res, 400, 'request.invalid', { fieldErrors: [{ field: 'current', code: 'auth.badCredentials', message: 'is not your password' }] })
  }
  if (parts[0] === 'health') {
    const recording = visible.filter((camera) => camera.state.recording.state === 'recording').length
    return json(res, { version: '0.1.0', startedAt: ago(7 * HOUR), cameras: { total: visible.length, recording, trouble: visible.filter((camera) => camera.state.main.phase === 'waiting').length }, volumes: user.role === 'administrator' ? volumes() : undefined, alarms: user.role === 'administrator' ? alarms() : [] })
  }
  if (parts[0] === 'events') {
    if (parts.length === 1) return eventPage(res, url, visible)
    if (parts[1] === 'seen') { body.ids.forEach((id) => seenEvents.add(id)); return json(res, undefined, 204) }
    const event = eventOf(Number(parts[1].slice(1)))
    if (parts[2] === 'snapshot.jpg') return still(res, event.box)
    const [l, t, r, b] = event.box ?? [0.4, 0.4, 0.6, 0.6]
    return json(res, { event, path: Array.from({ length: 90 }, (_, step) => [step * 100, l + step / 500, t, r + step / 500, b]) })
  }
  if (parts[0] === 'streams') return json(res, { rtspPort: 8554, rtmpPort: 1935, httpsPort: 8443, rtspsPort: 8322, rtmpsPort: 1936 })
  if (parts[0] === 'tls') return json(res, { on: true, certificate: { selfSigned: true, subject: 'CN=Pantau toko', issuer: 'CN=Pantau toko', hosts: ['toko', 'localhost', '192.168.1.10'], sha256: '3F:A1:0C:77:52:9E:D4:18:B6:2B:90:E3:6D:5A:F8:41:C9:07:EE:34:8B:12:A5:7C:D0:69:1F:B3:48:96:2E:DA', validFrom: ago(30 * 24 * HOUR), validUntil: ago(-794 * 24 * HOUR) } })
  if (parts[0] === 'volumes') return json(res, volumes())
  if (parts[0] === 'workers') {
    if (req.method === 'DELETE') { workers = workers.filter((one) => one.name !== parts[1]); return json(res, undefined, 204) }
    if (req.method !== 'POST') return json(res, { port: 8700, workers })
    workers = [...workers, { name: body.name, capacity: body.capacity, addedAt: ago(0) }]
    return json(res, { ...body, port: 8700, keyFile: '-----BEGIN PRIVATE KEY-----\nMOCK\n-----END PRIVATE KEY-----\n' }, 201)
  }
  if (parts[0] === 'findings') return json(res, { ...(settings.nightlyCheck === 'off' ? {} : { nextAt: new Date(Math.ceil(Date.now() / 864e5) * 864e5 - 4 * 36e5).toISOString() }), cameras: visible.map((camera) => findingsOf(cameras.indexOf(camera))) })
  if (parts[0] === 'settings') return json(res, req.method === 'PATCH' ? Object.assign(settings, body) : settings)
  if (parts[0] === 'coverage') return json(res, visible.map((camera) => { const { wantedMs, recordedMs, gaps } = coverageOf(cameras.indexOf(camera), ...range()); return { camera: camera.id, wantedMs, recordedMs, gaps } }))
  if (parts[0] === 'users') {
    const found = users.find((one) => one.username === parts[1])
    if (route === 'GET users') return json(res, users)
    if (route === 'POST users') { const made = { ...body, createdAt: ago(0), lastSignInAt: null }; delete made.password; users.push(made); return json(res, made, 201) }
    if (!found) return problem(res, 404, 'user.notFound')
    const last = found.role === 'administrator' && users.filter((one) => one.role === 'administrator').length === 1
    if (last && (req.method === 'DELETE' || body.role === 'operator')) return problem(res, 409, 'user.lastAdministrator')
    if (req.method === 'DELETE') { users.splice(users.indexOf(found), 1); return json(res, undefined, 204) }
    return json(res, Object.assign(found, body))
  }
  if (parts[0] === 'onvif') return setTimeout(() => (parts[1] === 'discover' ? json(res, found()) : profiles(res, body)), 700)
  if (parts[0] === 'probe') return setTimeout(() => probe(res, body), 1800)
  if (parts[0] === 'cameras') {
    if (parts.length === 1) {
      if (req.method === 'GET') return json(res, [...visible].sort((a, b) => a.name.localeCompare(b.name)))
      const { password, ...rest } = body
      const id = body.name.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 40) || `kamera-${cameras.length + 1}`
      if (cameras.some((camera) => camera.id === id)) return problem(res, 409, 'camera.exists')
      const made = { ...makeCamera(100), ...rest, id, hasPassword: !!password, createdAt: ago(0) }
      cameras.push(made)
      return json(res, made, 201)
    }
    const camera = visible.find((one) => one.id === parts[1])
    if (!camera) return problem(res, 404, 'camera.notFound')
    const index = cameras.indexOf(camera)
    if (parts.length === 2) {
      if (req.method === 'DELETE') { cameras = cameras.filter((one) => one !== camera); return json(res, undefined, 204) }
      if (req.method === 'PATCH') {
        const { password, vision, ...rest } = body
        Object.assign(camera, rest)
        if (vision) camera.vision = { ...camera.vision, ...vision }
        if (Object.keys(body).join() === 'vision') return json(res, camera)
        if (password !== undefined) camera.hasPassword = password !== null
        camera.state = { vision: camera.state.vision, ...(camera.enabled ? { main: streaming({ since: ago(0) }), recording: { state: camera.recording.mode === 'off' ? 'off' : 'recording', since: ago(0) } } : { main: { phase: 'disabled', since: ago(0), viewers: 0 }, recording: { state: 'off', since: ago(0) } }) }
      }
      return json(res, camera)
    }
    if (parts[2] === 'snapshot.jpg') return still(res)
    if (parts[2] === 'ptz') {
      if (parts.length === 3) return json(res, { supported: true, panTilt: true, zoom: true, home: true, maxPresets: 64, presets, position: { pan: 0, tilt: 0, zoom: 0 }, patrolling })
      if (parts[3] === 'patrol') patrolling = body.action === 'start'
      else if (parts[3] === 'presets' && req.method === 'POST') presets.push({ token: `p${presets.length + 1}`, name: body.name })
      else if (parts[3] === 'presets') presets.splice(presets.findIndex((one) => one.token === parts[4]), 1)
      else patrolling = false
      return json(res, undefined, 204)
    }
    if (parts[2] === 'reboot') return setTimeout(() => json(res, { message: 'Rebooting in 30 seconds' }), 600)
    if (parts[2] === 'stream-key') return json(res, Object.assign(camera, { streamKey: crypto.randomUUID().replaceAll('-', '') }))
    if (parts[2] === 'restart') return json(res, undefined, 202)
    if (parts[2] === 'tickets') return json(res, { ticket: 'mock-ticket', expiresAt: ago(-5 * MINUTE) })
    if (parts[2] === 'imaging') { if (req.method === 'PUT') Object.assign(imaging.settings, body); return json(res, imaging) }
    if (parts[2] === 'findings') return setTimeout(() => json(res, findingsOf(index)), req.method === 'POST' ? 3000 : 0)
    if (parts[2] === 'coverage') { const [from, until] = range(); return json(res, { from: new Date(from).toISOString(), until: new Date(until).toISOString(), ...coverageOf(index, from, until) }) }
    if (parts[2] === 'recordings') {
      const [from, until] = range()
      return json(res, coverageOf(index, from, until).spans.flatMap((span) => {
        const segments = []
        for (let at = Date.parse(span.start); at < Date.parse(span.end); at += MINUTE) segments.push({ id: `${camera.id}-${at}`, start: new Date(at).toISOString(), end: new Date(Math.min(at + MINUTE, Date.parse(span.end))).toISOString(), sizeBytes: 3e7, reasons: ['continuous'], videoCodec: 'H264', audioCodec: 'AAC', open: false })
        return segments
      }))
    }
    if (parts[2] === 'days') {
      const days = []
      for (let at = Date.parse(url.searchParams.get('from')); at <= Date.parse(url.searchParams.get('until')); at += DAY) if (at < Date.now() && at > Date.now() - 160 * DAY) days.push({ day: new Date(at).toISOString().slice(0, 10), recordedMs: DAY - 6 * MINUTE, gapMs: 6 * MINUTE })
      return json(res, days)
    }
  }
  return problem(res, 404, 'route.notFound')
}

let patrolling = false
const presets = [{ token: 'p1', name: 'Gerbang' }, { token: 'p2', name: 'Jalan ke arah pasar dan terminal lama' }, { token: 'p3', name: 'Parkir' }]
const found = () => [
  { endpoint: 'urn:uuid:1', address: 'http://10.0.4.21/onvif/device_service', name: 'Gerbang Utama', hardware: 'DS-2CD2143G2', location: 'city/Bandung', cameras: ['gerbang-utama'] },
  { endpoint: 'urn:uuid:2', address: 'http://10.0.4.77/onvif/device_service', name: 'HD Speed Dome dengan nama yang sangat panjang sekali', hardware: 'IPC-SD49', location: '', cameras: [] },
  { endpoint: 'urn:uuid:3', address: 'http://10.0.4.90:8899/onvif/device_service', name: '', hardware: '', location: '', cameras: [] },
]
function profiles(res, { address, password }) {
  if (password === 'salah') return problem(res, 422, 'onvif.notAuthorised')
  const video = (codec, widthPx, heightPx, fps, bitrateKbps) => ({ codec, widthPx, heightPx, fps, gopPictures: 50, bitrateKbps })
  json(res, {
    address, device: { manufacturer: 'Dahua', model: 'SD49225', firmwareVersion: '2.820.0', serialNumber: '7K0', hardwareId: '1.00' }, clockOffsetMs: -5_400_000, audioOutputs: 1,
    findings: [{ code: 'onvif.streamRewritten', detail: '', params: { given: '0.0.0.0', used: '10.0.4.77' } }, { code: 'onvif.clockOffset', detail: '', params: { seconds: '-5400' } }],
    profiles: [
      { token: 'Profile_1', name: 'MainStream', video: video('H265', 2560, 1440, 25, 6144), audioCodec: 'G711', ptz: true, url: 'rtsp://10.0.4.77/cam/realmonitor?channel=1&subtype=0' },
      { token: 'Profile_2', name: 'SubStream1', video: video('H264', 704, 576, 15, 512), audioCodec: 'G711', ptz: true, url: 'rtsp://10.0.4.77/cam/realmonitor?channel=1&subtype=1' },
    ],
  })
}

function probe(res, { url, transport = 'tcp' }) {
  const bad = { '10.0.0.1': 'UNREACHABLE', salah: 'UNAUTHORIZED', 'web.local': 'NOT_RTSP' }
  const reason = Object.entries(bad).find(([word]) => url.includes(word))?.[1] ?? (/^rtsps?:/.test(url) ? undefined : 'URL_REFUSED')
  if (reason) return json(res, { ok: false, reason, detail: reason, transport, findings: [] })
  json(res, {
    ok: true, format: { video: { codec: 'H265', widthPx: 2560, heightPx: 1440, fps: 20 }, audio: { codec: 'PCMA', sampleRateHz: 8000, channels: 1 } }, fps: 19.9, bitrateBps: 5_240_000, keyFrameIntervalMs: 8000, transport, server: 'Hipcam RealServer/V1.0',
    findings: [
      { code: 'gop.long', severity: 'warning', detail: 'Key frames are 8.0 s apart.', params: { intervalMs: '8000' } },
      { code: 'video.h265', severity: 'warning', detail: 'H.265 does not play in every browser.', params: {} },
    ],
  })
}

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' }
function serveFile(path, res) {
  let file = join(dist, normalize(path))
  if (!file.startsWith(dist) || !existsSync(file) || statSync(file).isDirectory()) file = join(dist, 'index.html')
  if (!existsSync(file)) return problem(res, 404, 'ui.notBuilt')
  res.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' ws: wss:" })
  createReadStream(file).pipe(res)
}

const server = createServer((req, res) => handle(req, res).catch((error) => problem(res, 500, 'server.failed', { detail: String(error) })))
const sockets = new WebSocketServer({ server })
sockets.on('connection', (socket, req) => {
  if (req.url.endsWith('/live/objects')) {
    const camera = cameras.find((one) => req.url.includes(`/cameras/${one.id}/`))
    return camera && tellObjects(socket, camera)
  }
  if (req.url.includes('/live/events')) {
    const tell = (kind, camera) => socket.send(JSON.stringify({ type: 'camera.event', camera, kind, active: true, lasting: true, topic: kind, source: '1', at: ago(0) }))
    setTimeout(() => { for (const kind of ['motion', 'tamper', 'person']) tell(kind, cameras[0].id) }, 300)
    return
  }
  socket.send(JSON.stringify({ type: 'state', phase: 'waiting', reason: 'UNREACHABLE', detail: 'mock', nextAttemptAt: ago(-14_000) }))
})
server.listen(port, () => console.log(`mock on http://127.0.0.1:${port}`))
