import { ApiProblem } from '@/api'

/** The text beside a field that the server refused: translated by code, else the server's sentence; empty when it is fine. */
export function fieldErrorText(
  error: unknown,
  field: string,
  t: (key: string) => string,
  te: (key: string) => boolean,
): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined
  const found = error.fieldErrors.find((one) => one.field === field || one.field.startsWith(`${field}.`))
  if (found === undefined) return undefined
  const key = [`field.${found.code}`, `problem.${found.code}`].find((candidate) => te(candidate))
  return key === undefined ? found.message : t(key)
}
