// Plays live HLS with hls.js in headless Chromium, low-latency and plain. Usage: node hls.mjs BASE_URL PATH....
// Exit status 0: every path played both ways with sound, low-latency at most 1.5 s behind the camera (median of 30).
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const [baseUrl, ...paths] = process.argv.slice(2)
const CHROMIUM = [process.env.PANTAU_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path))
const HLS_JS = fileURLToPath(new URL('../node_modules/hls.js/dist/hls.min.js', import.meta.url))
const LONGEST_DELAY_MS = 1500

let failed = false
function check(name, ok, seen) {
  failed ||= !ok
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seen})`)
}

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--autoplay-policy=no-user-gesture-required'],
})

/** Plays for a while. @returns what was seen, delays in milliseconds between capture and picture */
const play = (page, url, lowLatencyMode) =>
  page.evaluate(
    async ({ url, lowLatencyMode }) => {
      const pause = (ms) => new Promise((done) => setTimeout(done, ms))
      document.body.innerHTML = '<video muted width="640"></video>'
      const video = document.querySelector('video')
      const seen = { errors: [], delays: [], parts: 0, blocked: 0, deltas: 0, firstMs: 0 }
      const hls = new window.Hls({ lowLatencyMode, maxLiveSyncPlaybackRate: lowLatencyMode ? 1.5 : 1 }) // catches up after a stall
      // before the first picture hls.js looks for where the buffer begins, and reports that as an error it has mended
      hls.on(window.Hls.Events.ERROR, (_, error) => {
        if (error.fatal || seen.firstMs > 0) seen.errors.push(`${error.details}${error.fatal ? ' fatal' : ''}`)
      })
      hls.on(window.Hls.Events.FRAG_LOADED, (_, { part }) => (seen.parts += part ? 1 : 0))
      hls.on(window.Hls.Events.LEVEL_LOADED, (_, { deliveryDirectives, details }) => {
        seen.blocked += deliveryDirectives?.msn !== undefined ? 1 : 0
        seen.deltas += details.skippedSegments > 0 ? 1 : 0
      })
      const start = performance.now()
      hls.loadSource(url)
      hls.attachMedia(video)
      await video.play().catch(() => {})
      while (video.currentTime < 0.5 && video.getVideoPlaybackQuality().totalVideoFrames < 3 && performance.now() - start < 20_000) await pause(50)
      seen.firstMs = Math.round(performance.now() - start)
      await pause(5000)
      const before = video.currentTime
      for (let i = 0; i < 30; i++) {
        await pause(200)
        if (hls.playingDate) seen.delays.push(Date.now() - hls.playingDate.getTime())
      }
      seen.played = video.currentTime - before
      seen.frames = video.getVideoPlaybackQuality().totalVideoFrames
      seen.sound = video.webkitAudioDecodedByteCount
      seen.delays.sort((a, b) => a - b)
      hls.destroy()
      return seen
    },
    { url, lowLatencyMode },
  )

try {
  const context = await browser.newContext({ bypassCSP: true })
  for (const path of paths) {
    for (const lowLatency of [true, false]) {
      const page = await context.newPage()
      await page.goto(`${baseUrl}/healthz`)
      await page.addScriptTag({ path: HLS_JS })
      const seen = await play(page, `${baseUrl}${path}`, lowLatency)
      const name = `${path.replace(/\?.*/, '')} ${lowLatency ? 'low-latency' : 'plain'}`
      const median = seen.delays[Math.floor(seen.delays.length / 2)]
      check(`${name}: pictures and sound`, seen.frames > 60 && seen.sound > 0 && seen.played > 5 && seen.delays.length === 30, `first picture after ${seen.firstMs} ms, ${seen.frames} pictures, ${seen.sound} bytes of sound`)
      check(`${name}: no error`, seen.errors.length === 0, seen.errors.join(', ') || 'none')
      if (lowLatency) {
        check(`${name}: by parts and blocking reloads`, seen.parts > 10 && seen.blocked > 10, `${seen.parts} parts, ${seen.blocked} blocking reloads, ${seen.deltas} delta updates`)
        check(`${name}: delay`, median <= LONGEST_DELAY_MS, `median ${median} ms of ${seen.delays[0]}..${seen.delays.at(-1)}`)
      } else {
        check(`${name}: whole segments`, seen.parts === 0, `median delay ${median} ms`)
      }
      await page.close()
    }
  }
} finally {
  await browser.close()
}
process.exit(failed ? 1 : 0)
