// Screenshots of every page against dev/mock.mjs, for looking at: node dev/shots.mjs OUT [page…]
import { mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [out = '/tmp/shots', ...only] = process.argv.slice(2)
const base = process.env.MOCK_URL ?? 'http://127.0.0.1:8090'
const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }
const variants = (process.env.VARIANTS ?? 'desk-id-light,desk-en-dark,phone-id-dark,phone-en-light').split(',')
mkdirSync(out, { recursive: true })
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })

const pages = {
  signin: async (page) => page.goto(`${base}/sign-in`),
  live: async (page) => page.goto(`${base}/live`),
  cameras: async (page) => page.goto(`${base}/cameras`),
  add: async (page) => {
    await page.goto(`${base}/cameras?add=1`)
    await page.getByPlaceholder('rtsp://192').fill('rtsp://admin:ra@hasia@10.0.4.77:554/live/ch0')
    await page.locator('dialog button', { hasText: /^(Test|Uji)$/ }).first().click()
    await page.locator('section.result').waitFor()
  },
  edit: async (page) => page.goto(`${base}/cameras?camera=parkir-timur`),
  find: async (page) => {
    await page.goto(`${base}/cameras?find=1`)
    await page.locator('.devices li').first().waitFor()
  },
  profiles: async (page) => {
    await page.goto(`${base}/cameras?find=1`)
    await page.locator('.devices button').nth(1).click()
    await page.locator('.signin input').first().fill('admin')
    await page.locator('.signin input').nth(1).fill('rahasia')
    await page.locator('dialog footer .btn-primary').click()
    await page.locator('.model').waitFor()
  },
  found: async (page) => {
    await pages.profiles(page)
    await page.locator('dialog footer .btn-primary').click()
    await page.locator('#camera-form').waitFor()
  },
  reboot: async (page) => {
    await page.goto(`${base}/cameras?camera=gerbang-utama`)
    await page.locator('.reboot button').click()
    await page.locator('.sure').scrollIntoViewIfNeeded()
  },
  ptz: async (page) => {
    await page.goto(`${base}/live/gerbang-utama`)
    await page.locator('.tile').first().focus()
    await page.locator('[aria-label$="(P)"]').first().waitFor({ state: 'attached' })
    await page.waitForTimeout(600); await page.keyboard.press('p')
    await page.locator('.ptz').waitFor()
  },
  ptzSmall: async (page) => {
    await page.goto(`${base}/live?grid=16`)
    await page.locator('.tile').first().hover()
    await page.locator('.move').first().click()
    await page.locator('.ptz').waitFor()
  },
  scene: async (page) => {
    await page.goto(`${base}/cameras/gerbang-utama/scene`)
    await page.locator('.body').first().waitFor()
    await page.locator('[data-listed=zone] .pick').click()
  },
  sceneDraw: async (page) => {
    await page.goto(`${base}/cameras/lobi/scene`)
    await page.locator('[data-draw=hidden]').click()
    const frame = await page.locator('.scene .frame').boundingBox()
    for (const [x, y] of [[0.2, 0.2], [0.6, 0.6], [0.6, 0.2], [0.2, 0.6]]) await page.mouse.click(frame.x + x * frame.width, frame.y + y * frame.height)
    await page.locator('.flaw:not(:empty)').waitFor()
  },
  review: async (page) => {
    await page.goto(`${base}/review`)
    await page.locator('.moment').first().waitFor()
  },
  marks: async (page) => {
    await page.goto(`${base}/playback?camera=gerbang-utama`)
    await page.locator('canvas').first().waitFor()
    await page.waitForTimeout(600); await page.keyboard.press('p')
  },
  published: async (page) => page.goto(`${base}/cameras?camera=lift`),
  links: async (page) => page.goto(`${base}/cameras?links=lobi`),
  remove: async (page) => {
    await page.goto(`${base}/cameras?camera=lobi`)
    await page.locator('.remove').click()
  },
  health: async (page) => {
    await page.goto(`${base}/health?range=yesterday`)
    await page.locator('.bar .gap').first().waitFor()
    await page.locator('.bar .gap').nth(1).hover()
  },
  cells: async (page) => {
    await page.goto(`${base}/health?range=yesterday`)
    await page.getByText(/Heat map|Peta panas/).click()
    await page.locator('.more:not([disabled])').first().click()
  },
  findings: async (page) => {
    await page.goto(`${base}/health`)
    await page.locator('.findings').first().waitFor()
    await page.locator('.notes input').check()
    await page.locator('.notes').scrollIntoViewIfNeeded()
  },
  picture: async (page) => {
    await page.goto(`${base}/cameras?camera=gerbang-utama`)
    await page.locator('.picture .btn').click()
    await page.locator('.picture .amount').first().waitFor()
    await page.locator('.findings').scrollIntoViewIfNeeded()
  },
  users: async (page) => page.goto(`${base}/users`),
  user: async (page) => {
    await page.goto(`${base}/users`)
    await page.locator('.user .icon-btn').nth(1).click()
  },
  password: async (page) => page.goto(`${base}/password`),
  settings: async (page) => {
    await page.goto(`${base}/settings`)
    await page.locator('.short input').first().fill('90')
  },
  trouble: async (page) => {
    await page.goto(`${base}/settings`)
    await page.locator('header .trigger').first().click()
  },
  menu: async (page) => {
    await page.goto(`${base}/users`)
    await page.locator('header .trigger').last().click()
  },
  palette: async (page) => {
    await page.goto(`${base}/users`)
    await page.locator('header .trigger').first().waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('park')
  },
  keys: async (page) => {
    await page.goto(`${base}/users`)
    await page.locator('h1').click()
    await page.keyboard.press('?')
  },
}

let bad = 0
for (const variant of variants) {
  const [size, language, theme] = variant.split('-')
  const context = await browser.newContext({ viewport: sizes[size], colorScheme: theme, locale: language, timezoneId: 'Asia/Jakarta', hasTouch: size === 'phone', isMobile: size === 'phone' })
  await context.addInitScript(([l, t]) => { localStorage.setItem('pantau.language', l); localStorage.setItem('pantau.theme', t) }, [language, theme])
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type()) && !/401|favicon/.test(message.text())) { bad++; console.log(variant, message.text().slice(0, 300)) } })
  page.on('pageerror', (error) => { bad++; console.log(variant, 'PAGE ERROR', error.message) })
  for (const [name, open] of Object.entries(pages)) {
    if (only.length > 0 && !only.includes(name)) continue
    if (name !== 'signin' && !(await context.cookies()).some((cookie) => cookie.name === 'PANTAU_SESSION')) {
      const response = await page.request.post(`${base}/api/v1/auth/login`, { data: { username: 'admin', password: 'rahasia-sekali' } })
      if (!response.ok()) throw new Error(`sign-in: ${response.status()}`)
      await page.request.patch(`${base}/api/v1/users/admin`, { data: { language }, headers: { 'X-CSRF-Token': 'mock' } })
    }
    try {
      await open(page)
      await page.waitForTimeout(500)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (wide > 0) console.log(variant, name, `scrolls sideways by ${wide} px`)
      await page.screenshot({ path: `${out}/${name}-${variant}.png` })
    } catch (error) {
      bad++
      console.log(variant, name, error.message.split('\n')[0])
    }
  }
  await context.close()
}
await browser.close()
process.exitCode = bad === 0 ? 0 : 1
