// Draws a scene in headless Chromium: a line with the mouse, a zone with a finger on a phone, a hidden area with the keyboard
// alone; refuses what crosses itself, undoes, saves, finds all of it again and deletes it. Then looks at Review and at the
// overlay's switches. Usage: node scene.mjs BASE_URL USER PASSWORD OUT_DIR [CAMERA]. Exit status 0: all seen; 1: something was not.
import { join } from 'node:path'
import { check, checks, DESKTOP, launch, PHONE } from './walk.mjs'

const [baseUrl, username, password, outDir, wantedCamera] = process.argv.slice(2)
const NEAR = 0.01 // of the picture
const FINGER_PX = 44

const browser = await launch(outDir, '--autoplay-policy=no-user-gesture-required')
const shot = (page, name) => page.screenshot({ path: join(outDir, `scene-${name}.png`) })

const problems = []
function listen(page) {
  page.on('pageerror', (error) => problems.push(error.message))
}

/** Where a place of the picture is on the screen. */
async function pixelOf(page, [x, y]) {
  const frame = await page.locator('.scene .frame').boundingBox()
  return [frame.x + x * frame.width, frame.y + y * frame.height]
}
const click = async (page, place) => page.mouse.click(...(await pixelOf(page, place)))
const tap = async (page, place) => page.touchscreen.tap(...(await pixelOf(page, place)))
const stored = (page, camera) => page.evaluate(async (id) => (await (await fetch(`/api/v1/cameras/${id}`)).json()).vision, camera)
const isNear = (one, other) => one !== undefined && Math.abs(one[0] - other[0]) < NEAR && Math.abs(one[1] - other[1]) < NEAR
const areNear = (points, others) => points?.length === others.length && points.every((point, index) => isNear(point, others[index]))
const flaw = (page) => page.locator('.flaw').textContent()

async function open(page, camera) {
  await page.goto(`${baseUrl}/cameras/${camera}/scene`)
  await page.waitForSelector('.scene .frame svg')
  await page.waitForTimeout(400) // the picture finds its shape
}

async function save(page) {
  await page.locator('.saving .save').click()
  await page.waitForSelector('.saving', { state: 'detached', timeout: 10_000 })
}

try {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'id-ID' })
  const page = await context.newPage()
  listen(page)
  await page.goto(baseUrl)
  await page.waitForSelector('input[type=password]')
  await page.fill('input[autocomplete=username]', username)
  await page.fill('input[type=password]', password)
  await page.click('form .btn-primary')
  await page.waitForSelector('.live')
  const camera = wantedCamera ?? (await page.evaluate(async () => (await (await fetch('/api/v1/cameras')).json())[0].id))
  await page.goto(`${baseUrl}/cameras?camera=${camera}`)
  await page.click('dialog a.scene')
  check('the camera form leads to its scene', await page.waitForURL(`**/cameras/${camera}/scene`, { timeout: 5000 }).then(() => true, () => false))
  await open(page, camera)
  const before = await stored(page, camera)

  // A line with the mouse.
  await page.click('[data-draw=line]')
  await click(page, [0.2, 0.6])
  await click(page, [0.2, 0.6])
  check('a line without length is refused in words', (await flaw(page)) !== '', await flaw(page))
  await click(page, [0.7, 0.5])
  await page.locator('[data-listed=line] .name').last().fill('Garis uji')
  await page.keyboard.press('Enter')
  check('the difference is shown before saving', /Garis uji/.test((await page.locator('.saving').textContent()) ?? ''))
  await shot(page, 'mouse')
  await save(page)
  let vision = await stored(page, camera)
  let line = vision.lines.find(({ name }) => name === 'Garis uji')
  check('a line is drawn with the mouse', isNear(line?.a, [0.2, 0.6]) && isNear(line?.b, [0.7, 0.5]), JSON.stringify(line))

  await page.locator('[data-listed=line] .turn').last().click()
  await page.locator('[data-listed=line] .pick').last().click()
  const [fromX, fromY] = await pixelOf(page, [0.2, 0.6])
  const [toX, toY] = await pixelOf(page, [0.3, 0.8])
  await page.mouse.move(fromX, fromY)
  await page.mouse.down()
  await page.mouse.move((fromX + toX) / 2, (fromY + toY) / 2)
  await page.mouse.move(toX, toY)
  await page.mouse.up()
  await save(page)
  vision = await stored(page, camera)
  line = vision.lines.find(({ name }) => name === 'Garis uji')
  check('it is turned around and its end dragged', isNear(line?.a, [0.7, 0.5]) && isNear(line?.b, [0.3, 0.8]), JSON.stringify(line))

  await page.click('[data-draw=zone]')
  for (const place of [[0.1, 0.1], [0.5, 0.5], [0.5, 0.1], [0.1, 0.5]]) await click(page, place)
  check('edges that cross are refused in words', (await flaw(page)) !== '' && (await page.locator('[data-listed=zone]').count()) === before.zones.length, await flaw(page))
  await page.keyboard.press('Escape')
  check('Escape gives up', (await page.locator('.shape.open').count()) === 0 && (await page.locator('.saving').count()) === 0)

  // A hidden area with the keyboard alone: the focus comes by Tab, the cross goes by arrows.
  await page.locator('[data-draw=ignored]').focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const go = async (key, times) => {
    for (let i = 0; i < times; i++) await page.keyboard.press(`Shift+${key}`)
  }
  await page.keyboard.press('Enter') // 0.5, 0.5
  await go('ArrowRight', 4)
  await page.keyboard.press('Enter') // 0.7, 0.5
  await go('ArrowDown', 4)
  await page.keyboard.press('Enter') // 0.7, 0.7
  await go('ArrowUp', 4)
  await go('ArrowLeft', 4)
  await shot(page, 'keyboard')
  await page.keyboard.press('Enter') // on the first corner
  check('an area is closed with the keyboard', (await page.locator('[data-listed=hidden]').count()) === before.hidden.length + 1)
  await page.keyboard.press('Control+z')
  const undone = await page.locator('[data-listed=hidden]').count()
  await page.keyboard.press('Control+y')
  check('it is undone and done again', undone === before.hidden.length && (await page.locator('[data-listed=hidden]').count()) === before.hidden.length + 1)
  await page.locator('[data-listed=hidden] .pick').last().focus()
  await page.keyboard.press('Enter')
  await page.locator('[data-corner="2"]').focus()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.locator('.saving .save').focus()
  await page.keyboard.press('Enter')
  await page.waitForSelector('.saving', { state: 'detached', timeout: 10_000 })
  vision = await stored(page, camera)
  check('a hidden area is drawn, and its corner moved, with the keyboard', areNear(vision.hidden.at(-1), [[0.5, 0.5], [0.7, 0.5], [0.705, 0.75]]), JSON.stringify(vision.hidden.at(-1)))

  // A zone with a finger.
  const phone = await browser.newContext({ viewport: PHONE, storageState: await context.storageState(), locale: 'id-ID', hasTouch: true, isMobile: true, deviceScaleFactor: 2 })
  const small = await phone.newPage()
  listen(small)
  await open(small, camera)
  await small.locator('[data-draw=zone]').tap()
  await small.waitForTimeout(300)
  const corners = [[0.15, 0.2], [0.45, 0.2], [0.45, 0.8], [0.15, 0.8]]
  for (const place of corners) await tap(small, place)
  await tap(small, corners[0])
  await small.locator('[data-listed=zone] .name').last().fill('Zona uji')
  await small.locator('[data-listed=zone] .dwell input').last().fill('20')
  await small.keyboard.press('Enter')
  await small.locator('[data-listed=zone] .pick').last().tap()
  await small.waitForSelector('[data-corner="0"]')
  const reach = await small.locator('[data-corner="0"] .target').boundingBox()
  check('corners are large enough for a finger', reach.width >= FINGER_PX - 1 && reach.height >= FINGER_PX - 1, `${Math.round(reach.width)} px`)
  await shot(small, 'phone')
  const overflow = await small.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  check('the scene fits a phone', overflow <= 0, `${overflow} px too wide`)
  await save(small)
  vision = await stored(small, camera)
  const zone = vision.zones.find(({ name }) => name === 'Zona uji')
  check('a zone is drawn with a finger', areNear(zone?.points, corners) && zone?.dwellS === 20, JSON.stringify(zone))

  await small.goto(`${baseUrl}/review`)
  await small.waitForSelector('h1')
  await small.waitForTimeout(1000)
  await shot(small, 'phone-review')
  const wide = await small.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  check('Review fits a phone', wide <= 0, `${wide} px too wide`)
  await phone.close()

  // All of it is found again, and goes.
  await open(page, camera)
  const drawn = async () => Promise.all(['line', 'zone', 'hidden'].map((kind) => page.locator(`[data-listed=${kind}]`).count()))
  const [lines, zones, hidden] = await drawn()
  check('what was drawn is found again', lines === before.lines.length + 1 && zones === before.zones.length + 1 && hidden === before.hidden.length + 1)
  for (const kind of ['line', 'zone', 'hidden']) await page.locator(`[data-listed=${kind}] .delete`).last().click()
  await save(page)
  vision = await stored(page, camera)
  check('it is deleted', vision.lines.length === before.lines.length && vision.zones.length === before.zones.length && vision.hidden.length === before.hidden.length)

  if (vision.enabled) {
    await page.goto(`${baseUrl}/live/${camera}`)
    const button = page.locator('.tile .overlay-switch').first()
    await button.waitFor({ state: 'attached' })
    const pressed = () => button.getAttribute('aria-pressed')
    const first = await pressed()
    await page.locator('.tile').first().focus()
    await page.keyboard.press('o')
    const second = await pressed()
    await page.reload()
    await button.waitFor({ state: 'attached' })
    check('the overlay is switched with a key, and it is remembered', first !== second && (await pressed()) === second)
    await page.locator('.tile').first().focus()
    await page.keyboard.press('o')
  }
  check('no error in the pages', problems.length === 0, problems.slice(0, 5).join(' | '))
} catch (error) {
  check('the walk came to its end', false, error instanceof Error ? error.message : String(error))
} finally {
  await browser.close()
}
const failed = checks.filter((one) => !one.ok)
console.log(`${checks.length - failed.length} of ${checks.length} seen; screenshots in ${outDir}`)
process.exit(failed.length === 0 ? 0 : 1)
