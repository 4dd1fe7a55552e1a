import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ApiProblem, parseJson, path, request, whenSignedOut } from './http'

/** A server of one answer; keeps the request it got. */
class FakeServer {
  asked: { url: string; init: RequestInit } | undefined
  private readonly real = globalThis.fetch

  answer(status: number, body: string) {
    globalThis.fetch = (url, init) => {
      this.asked = { url: String(url), init: init ?? {} }
      return Promise.resolve(new Response(status === 204 ? null : body, { status }))
    }
  }
  fail() {
    globalThis.fetch = () => Promise.reject(new TypeError('network'))
  }
  restore() {
    globalThis.fetch = this.real
  }
}

describe('request', () => {
  const server = new FakeServer()
  let signedOut = 0
  beforeEach(() => {
    signedOut = 0
    whenSignedOut(() => signedOut++)
    document.cookie = 'PANTAU_CSRF=abc'
  })
  afterEach(() => server.restore())

  it('echoes the CSRF cookie on changes only', async () => {
    server.answer(204, '')
    await request('POST', '/api/v1/x', { body: {} })
    expect(server.asked?.init.headers).toMatchObject({ 'X-CSRF-Token': 'abc' })
    await request('GET', '/api/v1/x')
    expect(server.asked?.init.headers).not.toHaveProperty('X-CSRF-Token')
  })

  it('carries the code, params and field errors of a problem', async () => {
    server.answer(429, JSON.stringify({ status: 429, code: 'auth.throttled', detail: 'd', params: { retryAfterS: 9 } }))
    await expect(request('POST', '/x')).rejects.toMatchObject({ status: 429, code: 'auth.throttled', params: { retryAfterS: 9 } })
  })

  it('tells once the login session is over, but not for a wrong password', async () => {
    server.answer(401, JSON.stringify({ code: 'auth.badCredentials' }))
    await expect(request('POST', '/x')).rejects.toBeInstanceOf(ApiProblem)
    expect(signedOut).toBe(0)
    server.answer(401, JSON.stringify({ code: 'auth.signInNeeded' }))
    await expect(request('GET', '/x')).rejects.toBeInstanceOf(ApiProblem)
    expect(signedOut).toBe(1)
  })

  it('survives a proxy page and silence', async () => {
    server.answer(502, '<html>bad gateway</html>')
    await expect(request('GET', '/x')).rejects.toMatchObject({ status: 502, code: 'server.failed' })
    server.fail()
    await expect(request('GET', '/x')).rejects.toMatchObject({ status: 0, code: 'network.offline' })
  })

  it('encodes ids and leaves absent query values out', async () => {
    server.answer(200, '[]')
    await request('GET', path('cameras', 'a/../b'), { query: { from: '1', until: undefined } })
    expect(server.asked?.url).toBe('/api/v1/cameras/a%2F..%2Fb?from=1')
  })

  it('reads null as absent', () => {
    expect(parseJson('{"a":null,"b":[1],"c":{"d":null}}')).toEqual({ b: [1], c: {} })
  })
})
