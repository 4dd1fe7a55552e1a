// Watches one camera in the product's own page in headless Chromium and reads the numbers in its pictures from the screen.
// Usage: node latency.mjs BASE_URL USER PASSWORD webrtc|mse|hls SAMPLES MILLISECONDS BITS SQUARE_PX. In the top left corner of
// the picture stands a row of BITS squares, the lowest bit first and white for 1, and its opposite below. Prints one line of
// JSON: the number of each sample (-1 when it was none), when it was on the screen (epoch milliseconds), and how much media
// lay ahead of the play head then.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [baseUrl, username, password, way, ...figures] = process.argv.slice(2)
const [samples, lengthMs, bits, squarePx] = figures.map(Number)
const CHROMIUM = [process.env.PANTAU_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path))
const SETTLE_MS = 15_000 // behind the burst of the start and what a player catches up of it

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--autoplay-policy=no-user-gesture-required'],
})

/** Runs in the page. */
async function read({ samples, lengthMs, bits, squarePx }) {
  const pause = (ms) => new Promise((done) => setTimeout(done, ms))
  const canvas = new OffscreenCanvas(bits * squarePx, 2 * squarePx)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  const isLight = (pixels, column, row) => pixels[4 * ((row + 0.5) * squarePx * canvas.width + (column + 0.5) * squarePx)] > 127
  const numberOf = (video) => {
    context.drawImage(video, 0, 0, canvas.width, canvas.height, 0, 0, canvas.width, canvas.height)
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data
    let number = 0
    for (let bit = 0; bit < bits; bit++) {
      if (isLight(pixels, bit, 0) === isLight(pixels, bit, 1)) return -1
      number += isLight(pixels, bit, 0) ? 2 ** bit : 0
    }
    return number
  }
  // performance.timeOrigin is of the browser's start, and the wall clock may have been put right since.
  const offsets = []
  for (let i = 0; i < 50; i++) {
    for (const before = Date.now(); Date.now() === before; ) {
      // until its next tick
    }
    offsets.push(Date.now() - performance.now())
  }
  const wallOffsetMs = offsets.sort((a, b) => a - b)[25]
  const seen = []
  while (seen.length < samples) {
    await pause((0.5 + Math.random()) * (lengthMs / samples))
    const video = [...document.querySelectorAll('.tile video')].at(-1)
    const sample = await new Promise((done) =>
      video.requestVideoFrameCallback(() => {
        const atMs = performance.now() + wallOffsetMs
        const end = video.buffered.length > 0 ? video.buffered.end(video.buffered.length - 1) : undefined
        done({ number: numberOf(video), atMs, aheadMs: end === undefined ? undefined : 1000 * (end - video.currentTime) })
      }),
    )
    seen.push(sample)
  }
  return seen
}

try {
  const page = await browser.newPage({ viewport: { width: 1000, height: 640 } })
  await page.addInitScript((wish) => localStorage.setItem('pantau.live.way', wish), way)
  await page.goto(baseUrl)
  await page.waitForSelector('input[type=password]')
  await page.fill('input[autocomplete=username]', username)
  await page.fill('input[type=password]', password)
  await page.click('form .btn-primary')
  await page.waitForSelector(`.tile[data-way=${way}][data-state=playing]`, { timeout: 30_000 })
  await page.waitForTimeout(SETTLE_MS)
  const seen = await page.evaluate(read, { samples, lengthMs, bits, squarePx })
  if ((await page.locator(`.tile[data-way=${way}][data-state=playing]`).count()) !== 1) throw new Error('it does not play any more')
  console.log(JSON.stringify(seen))
} finally {
  await browser.close()
}
