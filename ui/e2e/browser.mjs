// Drives the real product in headless Chromium: signs in, watches live, plays back, exports; in both languages, on desktop
// and phone. Usage: node browser.mjs BASE_URL USER PASSWORD OUT_DIR. Exit status 0: all seen; 1: something was not.
import { join } from 'node:path'
import { check, checks, DESKTOP, launch, PHONE } from './walk.mjs'

const [baseUrl, username, password, outDir] = process.argv.slice(2)
const MOST_LOW_LATENCY = 3 // tiles: more take plain HLS

const browser = await launch(outDir, '--autoplay-policy=no-user-gesture-required')

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
  await watchTheWays(page)
  await page.keyboard.press('i')
  await useLanguage(page, 'en')
  await moving(page, '.tile video', 10_000)
  await shot(page, 'desktop-en-live')

  await fallBack(await context.storageState())

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
  await showLinks(page, camera, 'desktop-en')
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
    await showLinks(small, camera, `phone-${language}`)
    const wide = await small.evaluate(() => document.querySelector('dialog .body').scrollWidth - document.querySelector('dialog .body').clientWidth)
    check(`links fit a phone, ${language}`, wide <= 0, `${wide} px too wide`)
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

/** Every way a picture can come, fixed and automatic; the overlay is open. */
async function watchTheWays(page) {
  const all = await page.locator('.tile').count()
  const subs = await page.evaluate(async () => (await (await fetch('/api/v1/cameras')).json()).filter((camera) => camera.sub).length)
  check('the grid plays by WebRTC, sub streams where there are some', (await page.locator('.tile[data-way=webrtc]').count()) === all && (await page.locator('.tile[data-stream=sub]').count()) === subs)
  const first = page.locator('.tile').filter({ has: page.locator('button[title$="(M)"]') }).first() // samples may have no sound
  const second = page.locator('.tile[data-stream=sub]').first()
  check('the overlay names the way', /^WebRTC$/.test(await overlay(first)), await overlay(first))

  await first.locator('button[title$="(M)"]').evaluate((one) => one.click())
  await page.waitForSelector('.tile[data-way=mse]', { timeout: 10_000 })
  await page.waitForTimeout(1500)
  check('who listens to AAC is told why it is MSE', (await overlay(first)) === 'MSE: suaranya AAC, yang tidak bisa dibawa WebRTC', await overlay(first))
  await first.locator('button[title$="(M)"]').evaluate((one) => one.click())
  await page.waitForFunction((count) => document.querySelectorAll('.tile[data-way=webrtc]').length === count, all, { timeout: 10_000 })

  const watch = await watchTop(second)
  await second.dblclick()
  await page.waitForSelector('.tile[data-stream=main]', { timeout: 10_000 })
  await page.waitForTimeout(1000)
  await shot(page, 'desktop-id-focus')
  await page.keyboard.press('Escape')
  await page.waitForSelector('.tile[data-stream=sub]', { timeout: 10_000 })
  await page.waitForTimeout(500)
  const focus = await watch.end()
  check('focus goes from sub to main and back without a gap', focus.gaps === 0 && focus.looks > 30 && Object.keys(focus.widths).length === 2, JSON.stringify(focus))

  const small = page.locator(`.tile[data-camera="${await second.getAttribute('data-camera')}"]`)
  const takes = (stream) => page.waitForFunction(([one, wanted]) => one.dataset.stream === wanted, [handle, stream], { timeout: 10_000 }).then(() => true, () => false)
  const handle = await small.elementHandle()
  await small.locator('.definition').evaluate((one) => one.click())
  const pinned = await takes('main')
  await small.focus()
  await page.keyboard.press('h')
  check('a tile takes the main stream and the sub stream when asked', pinned && (await takes('sub')))
  await small.locator('.share').evaluate((one) => one.click())
  check('a tile shows its links', (await page.locator('dialog input[readonly]').first().inputValue()).startsWith('rtsp:'))
  await page.keyboard.press('Escape')

  for (const [wish, name] of [['mse', 'MSE'], ['hls', all > MOST_LOW_LATENCY ? 'HLS' : 'LL-HLS'], ['webrtc', 'WebRTC'], ['auto', 'WebRTC']]) {
    const change = await watchTop(first)
    await page.click('.chooser .trigger')
    if (wish === 'mse') await shot(page, 'desktop-id-ways')
    await page.click(`.chooser [data-wish=${wish}]`)
    const way = wish === 'auto' ? 'webrtc' : wish
    const came = await page.waitForFunction(({ count, one }) => document.querySelectorAll(`.tile[data-way=${one}]`).length === count, { count: all, one: way }, { timeout: 20_000 }).catch(() => null)
    const moves = await everyTileMoves(page)
    await page.waitForTimeout(1200)
    const said = await overlay(first)
    check(`${wish === 'auto' ? 'automatic again' : `fixed ${name}`} plays and is named`, came !== null && moves && said.split(':')[0] === name && said.includes('ditetapkan') === (wish !== 'auto'), said)
    const seen = await change.end()
    if (wish === 'auto') {
      await page.waitForTimeout(3000) // behind the pictures that come at once at the start
      const rate = Number(/([\d.,]+) fps/.exec((await first.locator('.statistics').textContent()) ?? '')?.[1].replace(',', '.'))
      check('the overlay tells the rate of the pictures', rate > 1 && rate < 40, `${rate} fps`)
    }
    check(`it came without a gap: ${wish}`, seen.gaps === 0, JSON.stringify(seen))
  }
}

/** The overlay's row that names the way. */
async function overlay(tile) {
  return (await tile.locator('.statistics dd').first().textContent().catch(() => '')) ?? ''
}

/** Looks at the topmost video of a tile in every animation frame. A gap is one without a picture, or with a black one. */
async function watchTop(tile) {
  await tile.evaluate((one) => {
    const canvas = new OffscreenCanvas(16, 9)
    const context = canvas.getContext('2d', { willReadFrequently: true })
    const seen = { looks: 0, gaps: 0, widths: {} }
    one.watched = seen
    const look = () => {
      if (one.watched !== seen) return
      const top = [...one.querySelectorAll('video')].at(-1)
      seen.looks++
      context.clearRect(0, 0, 16, 9)
      if (top?.readyState >= 2 && top.videoWidth > 0) context.drawImage(top, 0, 0, 16, 9)
      const light = context.getImageData(0, 0, 16, 9).data.reduce((sum, value, index) => sum + (index % 4 === 3 ? 0 : value), 0)
      if (light < 1000) seen.gaps++
      else seen.widths[top.videoWidth] = (seen.widths[top.videoWidth] ?? 0) + 1
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  return {
    end: () =>
      tile.evaluate((one) => {
        const seen = one.watched
        one.watched = undefined
        return seen
      }),
  }
}

/** A network that lets no WebRTC through: answers lose their candidates. */
async function fallBack(state) {
  const barred = await browser.newContext({ viewport: DESKTOP, storageState: state, locale: 'id-ID' })
  const page = await barred.newPage()
  listen(page)
  await page.addInitScript(() => {
    const set = RTCPeerConnection.prototype.setRemoteDescription
    RTCPeerConnection.prototype.setRemoteDescription = function (answer) {
      return set.call(this, { type: answer.type, sdp: answer.sdp.replace(/a=candidate:.*\r\n/g, '') })
    }
  })
  await page.goto(baseUrl)
  await useLanguage(page, 'en')
  const start = Date.now()
  const fell = await page.waitForSelector('.tile[data-way=mse]', { timeout: 15_000 }).catch(() => null)
  const took = Date.now() - start
  await page.waitForTimeout(1000)
  await page.keyboard.press('i')
  await page.waitForTimeout(1500)
  const said = await overlay(page.locator('.tile').first())
  check('without a path for WebRTC it is MSE, and said', fell !== null && said === 'MSE: the network does not let WebRTC through', `${took} ms, ${said}`)
  let offers = 0
  page.on('request', (request) => (offers += request.url().includes('/whep/') ? 1 : 0))
  await page.reload()
  const again = await moving(page, '.tile[data-way=mse] video', 15_000)
  check('it is remembered', again !== undefined && offers === 0, `${again} ms, ${offers} offers`)
  await barred.close()
}

/** Opens the links of a camera and every code in it. */
async function showLinks(page, camera, name) {
  await page.goto(`${baseUrl}/cameras?links=${camera}`)
  const buttons = page.locator('dialog button[aria-expanded]')
  await buttons.first().waitFor()
  const addresses = await page.locator('dialog input[readonly]').evaluateAll((all) => all.map((one) => one.value))
  const codes = []
  for (let i = 0; i < (await buttons.count()); i++) {
    await buttons.nth(i).click()
    codes.push(await page.locator('dialog svg[role=img] path').getAttribute('d'))
    if (addresses[i]?.includes('/whep/')) await shot(page, `${name}-links`)
  }
  const distinct = new Set(codes).size === codes.length
  check(`every link has its QR code, ${name}`, codes.length === addresses.length && distinct && ['/whep/', '/hls/', 'rtsp:'].every((part) => addresses.some((one) => one.includes(part))), `${codes.length} codes`)
}

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
