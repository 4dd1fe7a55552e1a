import { describe, expect, it } from 'vitest'
import { commandOf } from './useWorkers'

describe('the command that starts a worker', () => {
  const key = { name: 'gudang', capacity: 8, keyFile: '-----BEGIN PRIVATE KEY-----' }

  it('names the server, its port and the key file, and never the key', () => {
    expect(commandOf({ ...key, port: 8700 }, 'nvr.example')).toBe('./pantau worker --connect nvr.example:8700 --name gudang --key gudang.key')
  })

  it('leaves room for the port where none is open yet', () => {
    expect(commandOf(key, '192.0.2.1')).toContain('192.0.2.1:PORT')
  })
})
