/** What an administrator pasted, taken apart: credentials belong in their own fields, never in the address. */
export type Address = { url: string; username?: string; password?: string }

/**
 * Splits `rtsp://user:pa%40ss@host/path` into address, user and password. Cameras' passwords often hold a bare `@`,
 * so the last one before the path ends the credentials. Text without a scheme gets `rtsp://`.
 */
export function splitAddress(text: string): Address {
  const trimmed = text.trim()
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) || trimmed === '' ? trimmed : `rtsp://${trimmed}`
  const parts = /^([a-z][a-z0-9+.-]*:\/\/)(.*)$/is.exec(withScheme)
  if (parts === null) return { url: withScheme }
  const [, scheme = '', rest = ''] = parts
  const at = endOfCredentials(rest)
  if (at < 0) return { url: withScheme }
  const credentials = rest.slice(0, at)
  const colon = credentials.indexOf(':')
  const url = scheme + rest.slice(at + 1)
  if (colon < 0) return { url, username: decode(credentials) }
  return { url, username: decode(credentials.slice(0, colon)), password: decode(credentials.slice(colon + 1)) }
}

/** The last `@` of the authority; one that is no host and port, such as `admin:p/ss`, goes on to the next `@`. */
function endOfCredentials(rest: string): number {
  const slash = rest.search(/[/?#]/)
  const end = slash < 0 ? rest.length : slash
  const at = rest.slice(0, end).lastIndexOf('@')
  if (at < 0 && end < rest.length && /^[^:[]+:(?![0-9]{1,5}$)./.test(rest.slice(0, end))) return rest.indexOf('@', end)
  return at
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
