// Rests the pointer and the focus on the moments of Review in headless Chromium: they play in place, muted, and stop; not for those
// who want less motion, nor on a phone. Usage: node review.mjs BASE_URL USER PASSWORD OUT_DIR. Exit status 0: all seen; 1: something was not.
import { join } from 'node:path'
import { check, checks, DESKTOP, launch, PHONE } from './walk.mjs'

const [baseUrl, username, password, outDir] = process.argv.slice(2)
const SOON_MS = 15_000
const LONG_ENOUGH_MS = 1500 // for what must not happen

const browser = await launch(outDir)
const shot = (page, name) => page.screenshot({ path: join(outDir, `review-${name}.png`) })

const problems = []
async function open(context) {
  const page = await context.newPage()
  page.on('pageerror', (error) => problems.push(error.message))
  await page.goto(`${baseUrl}/review?range=today&show=all`)
  return page
}
/** The card whose video is seen and moves, by its key, and whether it is muted; undefined when none does in that time. */
const playing = (page, withinMs) =>
  page.waitForFunction(() => {
    const video = document.querySelector('.moment.playing video')
    return video && video.currentTime > 0 && video.getVideoPlaybackQuality().totalVideoFrames > 3 && { key: video.closest('.moment').dataset.key, muted: video.muted }
  }, undefined, { timeout: withinMs }).then((handle) => handle.jsonValue(), () => undefined)
const videos = (page) => page.locator('.moment video').count()

try {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'id-ID' })
  const signingIn = await context.newPage()
  await signingIn.goto(baseUrl)
  await signingIn.waitForSelector('input[type=password]')
  await signingIn.fill('input[autocomplete=username]', username)
  await signingIn.fill('input[type=password]', password)
  await signingIn.click('form .btn-primary')
  await signingIn.waitForSelector('.live')
  const storageState = await context.storageState()
  await signingIn.close()

  const page = await open(context)
  const card = page.locator('.moment').last() // the oldest: its recording is whole
  await card.waitFor({ timeout: SOON_MS })
  check('nothing plays by itself', (await videos(page)) === 0)
  await card.hover()
  const key = await page.locator('.moment:hover').getAttribute('data-key') // a new moment may have pushed another one there
  const seen = await playing(page, SOON_MS)
  check('a moment plays where the pointer rests', seen?.key === key, key)
  check('it is muted', seen?.muted === true)
  await shot(page, 'playing')
  await page.mouse.move(2, 2)
  await page.waitForTimeout(200)
  check('it stops when the pointer leaves', (await videos(page)) === 0)
  await page.keyboard.press('n')
  check('it plays for the focus, too', (await playing(page, SOON_MS)) !== undefined)
  await page.close()

  const calm = await open(await browser.newContext({ viewport: DESKTOP, storageState, reducedMotion: 'reduce' }))
  await calm.locator('.moment').last().hover()
  await calm.waitForTimeout(LONG_ENOUGH_MS)
  check('nothing plays for those who want less motion', (await videos(calm)) === 0)

  const small = await open(await browser.newContext({ viewport: PHONE, storageState, hasTouch: true, isMobile: true }))
  await small.locator('.moment .open').last().focus()
  await small.waitForTimeout(LONG_ENOUGH_MS)
  check('nothing plays on a phone', (await videos(small)) === 0)
  check('no error in the pages', problems.length === 0, problems.slice(0, 5).join(' | '))
} catch (error) {
  check('the walk came to its end', false, error instanceof Error ? error.message : String(error))
} finally {
  await browser.close()
}
const failed = checks.filter((one) => !one.ok)
console.log(`${checks.length - failed.length} of ${checks.length} seen; screenshots in ${outDir}`)
process.exit(failed.length === 0 ? 0 : 1)
