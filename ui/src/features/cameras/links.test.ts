import { describe, expect, it } from 'vitest'
import { outside, playLinks, publishLinks } from './links'

const here = { origin: 'https://pantau.example:8443', hostname: 'pantau.example' }
const ports = { rtspPort: 8554, rtmpPort: 1935 }

describe('the links of a camera', () => {
  it('lead to where the page came from, at the ports of the server', () => {
    expect(playLinks(here, ports, 'gate', 'sub', '').map((link) => link.url)).toEqual([
      'rtsp://pantau.example:8554/gate/sub',
      'rtmp://pantau.example:1935/live/gate/sub',
      'https://pantau.example:8443/whep/gate/sub',
      'https://pantau.example:8443/hls/gate/sub/index.m3u8',
      'https://pantau.example:8443/hls/gate/index.m3u8',
      'https://pantau.example:8443/flv/gate/sub.flv',
    ])
  })
  it('carry the ticket', () => {
    for (const link of playLinks(here, ports, 'gate', 'main', 'a+b')) expect(link.url).toMatch(/\?ticket=a%2Bb$/)
  })
  it('tell encoders with one field and with two where to push', () => {
    expect(publishLinks(here, ports, 'drone', 'k1')).toEqual({
      server: 'rtmp://pantau.example:1935/live',
      rtmp: 'rtmp://pantau.example:1935/live/drone?key=k1',
      rtsp: 'rtsp://pantau.example:8554/drone?key=k1',
    })
  })
  it("lead to the public name and the router's ports from outside", () => {
    const all = { ...ports, httpsPort: 8443, rtspsPort: 8322, rtmpsPort: 1936, publicHost: 'kantor.example.net', publicPorts: { http: 80, rtsp: 9554, rtmps: 443 } }
    const there = outside({ origin: 'http://192.168.1.10:8080', hostname: '192.168.1.10' }, all)
    expect(there && playLinks(there.here, there.ports, 'gate', 'main', '').map((link) => link.url).slice(0, 3)).toEqual([
      'rtsp://kantor.example.net:9554/gate/main',
      'rtmp://kantor.example.net:1935/live/gate/main',
      'http://kantor.example.net/whep/gate/main',
    ])
    expect(there && playLinks(there.here, there.ports, 'gate', 'main', '', true).map((link) => link.url).slice(0, 3)).toEqual([
      'rtsps://kantor.example.net:8322/gate/main',
      'rtmps://kantor.example.net:443/live/gate/main',
      'https://kantor.example.net:8443/whep/gate/main',
    ])
    expect(outside(here, ports)).toBeUndefined()
  })
  it('lead inside TLS where that is wanted and the server has it', () => {
    const all = { ...ports, httpsPort: 8443, rtspsPort: 8322, rtmpsPort: 1936 }
    const plain = { origin: 'http://pantau.example:8080', hostname: 'pantau.example' }
    expect(playLinks(plain, all, 'gate', 'main', 't', true).map((link) => link.url)).toEqual([
      'rtsps://pantau.example:8322/gate/main?ticket=t',
      'rtmps://pantau.example:1936/live/gate/main?ticket=t',
      'https://pantau.example:8443/whep/gate/main?ticket=t',
      'https://pantau.example:8443/hls/gate/main/index.m3u8?ticket=t',
      'https://pantau.example:8443/hls/gate/index.m3u8?ticket=t',
      'https://pantau.example:8443/flv/gate/main.flv?ticket=t',
    ])
    expect(playLinks(plain, { ...all, httpsPort: 443 }, 'gate', 'main', '', true)[3]?.url).toBe('https://pantau.example/hls/gate/main/index.m3u8')
    expect(playLinks(plain, ports, 'gate', 'main', '', true)[0]?.kind).toBe('rtsp')
    expect(publishLinks(plain, all, 'drone', 'k1')).toMatchObject({
      rtmps: 'rtmps://pantau.example:1936/live/drone?key=k1',
      rtsps: 'rtsps://pantau.example:8322/drone?key=k1',
    })
  })
})
