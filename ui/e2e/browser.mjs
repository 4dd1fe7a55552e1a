// Drives the real product in headless Chromium: signs in, watches live, plays back, exports; in both languages, on desktop
// and phone. Usage: node browser.mjs BASE_URL USER PASSWORD OUT_DIR. Exit status 0: all seen; 1: something was not.
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const [baseUrl, username, password, outDir] = process.argv.slice(2)
const CHROMIUM = [process.env.PANTAU_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path))
const DESKTOP = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
mkdirSync(outDir, { recursive: true })

const checks = []
function check(name, ok, seen = '') {
  checks.push({ name, ok })
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}${seen === '' ? '' : ` (${seen})`}`)
}

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--autoplay-policy=no-user-gesture-required'],
})

/** What a video element has done so far. */
const videoFacts = (page, selector) =>
  page.evaluate((one) => {
    const video = document.querySelector(one)
    if (!video) return undefined
    return { time: video.currentTime, frames: video.getVideoPlaybackQuality().totalVideoFrames, sound: video.webkitAudioDecodedByteCount ?? 0, width: video.videoWidth }
  }, selector)

/** Waits until a video moves: its time grows and frames are decoded. @returns milliseconds it took, or undefined */
async function moving(page, selector, withinMs) {
  const start = Date.now()
  let first
  while (Date.now() - start < withinMs) {
    const now = await videoFacts(page, selector)
    if (now && now.frames > 0) {
      first ??= now
      if (now.time > first.time + 0.4 && now.frames > first.frames) return Date.now() - start
    }
    await page.waitForTimeout(100)
  }
  return undefined
}

const shot = (page, name) => page.screenshot({ path: join(outDir, `${name}.png`) })

async function signIn(page) {
  await page.goto(baseUrl)
  await page.waitForSelector('input[type=password]')
  await page.fill('input[autocomplete=username]', username)
  await page.fill('input[type=password]', password)
  await page.click('form .btn-primary')
}

async function useLanguage(page, language) {
  await page.evaluate((one) => localStorage.setItem('pantau.language', one), language)
  await page.reload()
}

const problems = []
function listen(page) {
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/401|favicon/.test(message.text())) problems.push(`console: ${message.text()}`)
  })
}

try {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'id-ID', acceptDownloads: true })
  const page = await context.newPage()
  listen(page)

  await page.goto(baseUrl)
  await page.waitForSelector('input[type=password]')
  await shot(page, 'desktop-id-sign-in')
  await page.fill('input[autocomplete=username]', username)
  await page.fill('input[type=password]', 'this is not the password')
  await page.click('form .btn-primary')
  check('a wrong password is refused in words', (await page.waitForSelector('[role=alert]', { timeout: 5000 }).catch(() => null)) !== null)

  const signedInAt = Date.now()
  await signIn(page)
  const live = await moving(page, '.tile video', 20_000)
  check('live video moves', live !== undefined, `${Date.now() - signedInAt} ms after signing in`)
  await page.waitForTimeout(1500)
  check('live sound is decoded', ...(await hears(page, 10_000)))
  check('a tile for every camera moves', await everyTileMoves(page))
  await page.keyboard.press('i')
  await page.waitForTimeout(2500)
  const delay = await page.evaluate(() => [...document.querySelectorAll('.statistics dd')].map((one) => one.textContent))
  check('the statistics overlay has figures', delay.length >= 6, delay.slice(0, 6).join(', '))
  await shot(page, 'desktop-id-live')
  await page.keyboard.press('i')
  await useLanguage(page, 'en')
  await moving(page, '.tile video', 10_000)
  await shot(page, 'desktop-en-live')

  const camera = await page.getAttribute('.tile', 'data-camera')
  const shownAt = Date.now()
  const playbackAt = await footageOf(page, camera, 40_000)
  check('footage is listed', playbackAt !== undefined)
  await page.goto(`${baseUrl}/playback?camera=${camera}&at=${new Date(playbackAt ?? shownAt).toISOString()}`)
  check('recorded video plays', (await moving(page, '.picture video', 15_000)) !== undefined)
  const played = await videoFacts(page, '.picture video')
  check('recorded sound is decoded', (played?.sound ?? 0) > 0, `${played?.sound} bytes`)
  await page.keyboard.press('[')
  await page.waitForTimeout(1500)
  await page.keyboard.press(']')
  await page.waitForSelector('.marked')
  await page.waitForTimeout(600)
  await shot(page, 'desktop-en-playback')
  const href = await page.getAttribute('.marked a', 'href').catch(() => null)
  check('a marked range offers its export', href !== null)
  if (href !== null) {
    const answer = await context.request.get(new URL(href, baseUrl).toString())
    const body = await answer.body()
    check('the export is an MP4', answer.status() === 200 && body.subarray(4, 8).toString() === 'ftyp', `${body.length} bytes, ${answer.headers()['x-pantau-range']}`)
  }
  await page.keyboard.press(' ')
  await page.keyboard.press('.')

  for (const name of ['cameras', 'health', 'users', 'settings']) {
    await page.goto(`${baseUrl}/${name}`)
    await page.waitForSelector('h1')
    await page.waitForTimeout(700)
    await shot(page, `desktop-en-${name}`)
  }
  await useLanguage(page, 'id')
  for (const name of ['cameras', 'health', 'playback']) {
    await page.goto(`${baseUrl}/${name}`)
    await page.waitForSelector('h1')
    await page.waitForTimeout(700)
    await shot(page, `desktop-id-${name}`)
  }

  const state = await context.storageState()
  for (const language of ['id', 'en']) {
    const phone = await browser.newContext({ viewport: PHONE, storageState: state, locale: 'id-ID', hasTouch: true, isMobile: true, deviceScaleFactor: 2 })
    const small = await phone.newPage()
    listen(small)
    await small.goto(baseUrl)
    await useLanguage(small, language)
    check(`live video moves on a phone, ${language}`, (await moving(small, '.tile video', 15_000)) !== undefined)
    await shot(small, `phone-${language}-live`)
    for (const name of ['playback', 'cameras', 'health']) {
      await small.goto(`${baseUrl}/${name}`)
      await small.waitForSelector('h1')
      await small.waitForTimeout(1200)
      await shot(small, `phone-${language}-${name}`)
      const overflow = await small.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      check(`${name} fits a phone, ${language}`, overflow <= 0, `${overflow} px too wide`)
    }
    await phone.close()
  }
  check('no error in the console', problems.length === 0, problems.slice(0, 5).join(' | '))
} catch (error) {
  check('the walk came to its end', false, error instanceof Error ? error.message : String(error))
} finally {
  await browser.close()
}
const failed = checks.filter((one) => !one.ok)
console.log(`${checks.length - failed.length} of ${checks.length} seen; screenshots in ${outDir}`)
process.exit(failed.length === 0 ? 0 : 1)

async function everyTileMoves(page) {
  const times = () => page.evaluate(() => [...document.querySelectorAll('.tile video')].map((one) => one.currentTime))
  for (let round = 0; round < 30; round++) {
    const before = await times()
    await page.waitForTimeout(1000)
    const after = await times()
    if (before.length > 0 && after.every((time, index) => time > (before[index] ?? 0))) return true
  }
  return false
}

/** Switches the sound of a tile on. @returns whether it is decoded, and what was seen */
async function hears(page, withinMs) {
  const button = page.locator('.tile button[title$="(M)"]').first()
  await button.waitFor({ state: 'attached', timeout: withinMs }).catch(() => null)
  if ((await button.count()) === 0) return [false, 'no tile has a sound button']
  await button.evaluate((one) => one.click())
  const start = Date.now()
  let seen
  while (Date.now() - start < withinMs) {
    seen = await button.evaluate((one) => {
      const tile = one.closest('.tile')
      const video = tile.querySelector('video')
      return { stream: tile.dataset.stream, muted: video.muted, sound: video.webkitAudioDecodedByteCount ?? 0 }
    })
    if (!seen.muted && seen.sound > 0) break
    await page.waitForTimeout(100)
  }
  await button.evaluate((one) => one.click())
  return [!seen.muted && seen.sound > 0, `${seen.sound} bytes of the ${seen.stream} stream`]
}

/** Waits until some seconds of a camera are recorded. @returns an instant inside them, epoch milliseconds */
async function footageOf(page, camera, withinMs) {
  const start = Date.now()
  while (Date.now() - start < withinMs) {
    const coverage = await page.evaluate(
      async ({ id, from, until }) => (await fetch(`/api/v1/cameras/${id}/coverage?from=${from}&until=${until}`)).json(),
      { id: camera, from: new Date(Date.now() - 3_600_000).toISOString(), until: new Date().toISOString() },
    )
    const span = coverage.spans?.find((one) => Date.parse(one.end) - Date.parse(one.start) > 6000)
    if (span) return Date.parse(span.start) + 1000
    await page.waitForTimeout(500)
  }
  return undefined
}
