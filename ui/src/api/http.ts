import type { FieldError, Problem as ProblemBody } from './schema'

/** What is known of a problem; a proxy's error page says no more than its status. */
type Problem = Partial<ProblemBody> & Pick<ProblemBody, 'status' | 'code'>

/** An answer that is not the wished one. `code` is stable and has a text in both languages. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly params: Record<string, string>
  readonly fieldErrors: FieldError[]

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title ?? problem.code)
    this.name = 'ApiProblem'
    this.status = problem.status
    this.code = problem.code
    this.detail = problem.detail ?? ''
    this.params = problem.params ?? {}
    this.fieldErrors = problem.fieldErrors ?? []
  }
}

/** A query value that is a list is given once for each of its members. */
export type RequestOptions = { body?: unknown; query?: Record<string, string | number | string[] | undefined>; signal?: AbortSignal }

let onSignedOut: () => void = () => undefined

/** Called when the server says that the login session is over. */
export function whenSignedOut(listener: () => void) {
  onSignedOut = listener
}

export function cookie(name: string): string | undefined {
  const start = `${name}=`
  const found = document.cookie.split('; ').find((part) => part.startsWith(start))
  return found === undefined ? undefined : decodeURIComponent(found.slice(start.length))
}

/** The path with its parts encoded: `path('cameras', id)` is safe for any id. */
export function path(...parts: string[]): string {
  return '/api/v1/' + parts.map(encodeURIComponent).join('/')
}

/** One request to the API. @throws ApiProblem for every answer outside 2xx, and `network.offline` when none comes. */
export async function request<T>(method: string, url: string, options: RequestOptions = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (options.body !== undefined) headers['Content-Type'] = 'application/json'
  const response = await send(withQuery(url, options.query), {
    method,
    headers,
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  })
  return (await readJson(response)) as T
}

/** One request of any kind, with what proves that it comes from this page. @throws ApiProblem as `request` does */
export async function send(url: string, init: RequestInit & { method: string; headers?: Record<string, string> }): Promise<Response> {
  // Over HTTPS the server's cookies have names of their own.
  const csrf = init.method === 'GET' ? undefined : (cookie('__Host-PANTAU_CSRF') ?? cookie('PANTAU_CSRF'))
  let response: Response
  try {
    response = await fetch(url, {
      ...init,
      headers: { ...init.headers, ...(csrf === undefined ? {} : { 'X-CSRF-Token': csrf }) },
      credentials: 'same-origin',
    })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiProblem({ status: 0, code: 'network.offline' })
  }
  if (response.ok) return response
  const problem = await readProblem(response)
  if (response.status === 401 && problem.code !== 'auth.badCredentials') onSignedOut()
  throw new ApiProblem(problem)
}

function withQuery(url: string, query: RequestOptions['query']): string {
  const given = Object.entries(query ?? {}).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, String(one)]))
  return given.length === 0 ? url : `${url}?${new URLSearchParams(given).toString()}`
}

/** Absent and null mean the same on the wire; here both are absent. */
export function parseJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => (value === null ? undefined : value))
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  return text === '' ? undefined : parseJson(text)
}

async function readProblem(response: Response): Promise<Problem> {
  const fallback: Problem = { status: response.status, code: response.status === 401 ? 'auth.required' : 'server.failed' }
  try {
    const body: unknown = JSON.parse(await response.text())
    if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string') {
      return { ...fallback, ...(body as Partial<Problem>), status: response.status }
    }
  } catch {
    // A proxy's HTML page, or nothing at all: the fallback says as much as is known.
  }
  return fallback
}
