import { describe, expect, it } from 'vitest'
import { portOf, portText } from './publicPorts'

describe("a port of the router's", () => {
  it("is the server's own when the field is empty", () => {
    expect(portOf(' ')).toBeUndefined()
    expect(portText(undefined)).toBe('')
  })
  it('is a number from 1 to 65535', () => {
    expect(portOf('554 ')).toBe(554)
    expect(portOf('65535')).toBe(65_535)
    for (const wrong of ['0', '65536', '-1', '8o', '1e3', '554.0']) expect(portOf(wrong)).toBeNull()
  })
})
