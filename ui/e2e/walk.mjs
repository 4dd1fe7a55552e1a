// What every walk through the product in headless Chromium needs: the browser, the sizes, and a list of what was seen.
import { existsSync, mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'

export const DESKTOP = { width: 1440, height: 900 }
export const PHONE = { width: 390, height: 844 }

const CHROMIUM = [process.env.PANTAU_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path))
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update']

/** @param outDir for screenshots; made where it is missing. @param more arguments of Chromium */
export function launch(outDir, ...more) {
  mkdirSync(outDir, { recursive: true })
  return chromium.launch({ executablePath: CHROMIUM, args: [...ARGUMENTS, ...more] })
}

export const checks = []
export function check(name, ok, seen = '') {
  checks.push({ name, ok })
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}${seen === '' ? '' : ` (${seen})`}`)
}
