// Plays one camera by every way a browser has, side by side, or publishes to it; the players are the product's own, in a
// page without anything else. Prints one line of JSON: what each way showed.
// Usage: node players.mjs play BASE_URL CAMERA TICKET | publish BASE_URL CAMERA STREAM_KEY (until it is ended)
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { build } from 'vite'

const [task, baseUrl, camera, secret] = process.argv.slice(2)
const CHROMIUM = [process.env.PANTAU_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path))
const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** @returns a script that leaves the players in `window.ways` */
async function bundled() {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    root: here('..'),
    resolve: { alias: { '@': here('../src') } },
    build: { write: false, minify: false, target: 'es2022', lib: { entry: here('ways.ts'), name: 'ways', formats: ['iife'] }, rollupOptions: { output: { codeSplitting: false } } },
  })
  const [{ output }] = [made].flat()
  return output[0].code
}

/** Runs in the page. Ends when every way has shown enough, or after 40 s. */
async function play({ camera, ticket }) {
  const PICTURES = 40
  const { HlsPlayer, MsePlayer, WebRtcPlayer } = window.ways
  const peers = []
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(...settings) {
      super(...settings)
      peers.push(this)
    }
  }
  const query = `?ticket=${encodeURIComponent(ticket)}`
  const hls = `/hls/${camera}/main/index.m3u8${query}`
  const whyClosed = async () => ({ kind: 'lost' })
  const whep = {
    async play(offer, signal) {
      const answer = await fetch(`/whep/${camera}/main${query}`, { method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: offer, signal })
      if (answer.status !== 201) throw new Error(`WHEP answered ${answer.status}: ${await answer.text()}`)
      return { sdp: await answer.text(), session: answer.headers.get('Location'), remarks: (answer.headers.get('X-Pantau-Remarks') ?? '').split(',').map((remark) => remark.trim()) }
    },
    leave: async () => undefined,
  }
  const players = {
    hls: (video, listener) => new HlsPlayer(video, hls, false, whyClosed, listener),
    llHls: (video, listener) => new HlsPlayer(video, hls, true, whyClosed, listener),
    mse: (video, listener) => new MsePlayer(video, `ws://${location.host}/api/v1/cameras/${camera}/live/main${query}`, whyClosed, listener),
    whep: (video, listener) => new WebRtcPlayer(video, whep, { picky: false, listening: false }, listener),
  }
  const seen = {}
  const running = Object.entries(players).map(([way, open]) => {
    const video = document.createElement('video')
    video.width = 320
    video.autoplay = true
    video.volume = 0.1
    document.body.append(video)
    seen[way] = { pictures: 0, sound: 0, codec: undefined, ending: undefined }
    const player = open(video, {
      onPlaying: () => undefined,
      onWaiting: () => undefined,
      onFormat: (format) => (seen[way].format = format),
      onEnded: (ending) => (seen[way].ending = ending),
    })
    player.start()
    return { way, video, player }
  })
  const soundOfPeers = async () => {
    let energy = 0
    for (const peer of peers) for (const report of (await peer.getStats()).values()) if (report.type === 'inbound-rtp' && report.kind === 'audio') energy += report.totalAudioEnergy ?? 0
    return energy
  }
  const start = performance.now()
  let enough = false
  while (!enough && performance.now() - start < 40_000) {
    await new Promise((done) => setTimeout(done, 200))
    for (const { way, video } of running) {
      seen[way].pictures = video.getVideoPlaybackQuality().totalVideoFrames
      seen[way].sound = way === 'whep' ? await soundOfPeers() : video.webkitAudioDecodedByteCount
    }
    // whether WebRTC has sound depends on the codec: it gets as long as the others need
    enough = Object.entries(seen).every(([way, { pictures, sound }]) => pictures >= PICTURES && (way === 'whep' || sound > 0))
  }
  running.forEach(({ player }) => player.close())
  return seen
}

/** Runs in the page. Sends the pictures and the beeps of Chromium's simulated devices. */
async function publish({ camera, key }) {
  const devices = await navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 180, frameRate: 15 }, audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } })
  const peer = new RTCPeerConnection()
  for (const track of devices.getTracks()) peer.addTransceiver(track, { direction: 'sendonly', streams: [devices] })
  await peer.setLocalDescription(await peer.createOffer())
  const answer = await fetch(`/whip/${camera}`, { method: 'POST', headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${key}` }, body: peer.localDescription.sdp })
  const text = await answer.text()
  if (answer.status !== 201) throw new Error(`WHIP answered ${answer.status}: ${text}`)
  await peer.setRemoteDescription({ type: 'answer', sdp: text })
}

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--autoplay-policy=no-user-gesture-required', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
})
try {
  const context = await browser.newContext({ bypassCSP: true })
  const page = await context.newPage()
  if (task === 'publish') {
    // a page of the server's origin without its headers, which let nobody near a camera of the computer
    await page.route('**/stage', (route) => route.fulfill({ contentType: 'text/html', body: '<body></body>' }))
    await page.goto(`${baseUrl}/stage`)
  } else {
    await page.goto(`${baseUrl}/healthz`)
  }
  if (task === 'publish') {
    await page.evaluate(publish, { camera, key: secret })
    console.log('publishing')
    await new Promise((done) => process.once('SIGTERM', done))
  } else {
    await page.addScriptTag({ content: await bundled() })
    console.log(JSON.stringify(await page.evaluate(play, { camera, ticket: secret })))
  }
} finally {
  await browser.close()
}
