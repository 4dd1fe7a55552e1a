import { describe, expect, it } from 'vitest'
import type { OnvifProfile } from '@/api'
import { deviceHost, hostsOf, usualProfiles } from './useFinder'

const profile = (token: string, widthPx: number, heightPx: number, url?: string): OnvifProfile => ({
  token,
  name: token,
  video: { codec: 'H264', widthPx, heightPx, fps: 25, gopPictures: 50, bitrateKbps: 1000 },
  audioCodec: '',
  ptz: false,
  ...(url === undefined ? {} : { url }),
})

describe('the finder', () => {
  it('takes hosts however they are divided', () => {
    expect(hostsOf(' 10.0.4.21, 192.168.20.0/24;\ncam.lan ')).toEqual(['10.0.4.21', '192.168.20.0/24', 'cam.lan'])
    expect(hostsOf('')).toEqual([])
  })

  it('shows where a device is without its path', () => {
    expect(deviceHost('http://10.0.4.90:8899/onvif/device_service')).toBe('10.0.4.90:8899')
    expect(deviceHost('192.168.1.10')).toBe('192.168.1.10')
  })

  it('proposes the largest picture, and a much smaller one for the grid', () => {
    const sub = profile('sub', 640, 360, 'rtsp://a/2')
    const main = profile('main', 2560, 1440, 'rtsp://a/1')
    expect(usualProfiles([sub, profile('same', 2560, 1440, 'rtsp://a/3'), main, profile('silent', 3840, 2160)])).toMatchObject({ sub })
    expect(usualProfiles([main])).toEqual({ main, sub: undefined })
    expect(usualProfiles([])).toEqual({ main: undefined, sub: undefined })
  })
})
