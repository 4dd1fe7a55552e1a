import { describe, expect, it } from 'vitest'
import { splitAddress } from './address'

describe('splitAddress', () => {
  it('takes user and password out of the address', () => {
    expect(splitAddress('rtsp://admin:s3cret@10.0.4.21:554/ch1')).toEqual({ url: 'rtsp://10.0.4.21:554/ch1', username: 'admin', password: 's3cret' })
  })
  it('decodes percent signs and keeps what is no valid code', () => {
    expect(splitAddress('rtsp://admin:p%40ss@h/x').password).toBe('p@ss')
    expect(splitAddress('rtsp://admin:100%@h/x').password).toBe('100%')
  })
  it('ends the credentials at the last @ before the path', () => {
    expect(splitAddress('rtsp://admin:p@ss@cam.local/live')).toEqual({ url: 'rtsp://cam.local/live', username: 'admin', password: 'p@ss' })
  })
  it('takes a slash in a password for what it is', () => {
    expect(splitAddress('rtsp://admin:p/ss@cam/live')).toEqual({ url: 'rtsp://cam/live', username: 'admin', password: 'p/ss' })
  })
  it('leaves an @ in the path alone', () => {
    expect(splitAddress('rtsp://10.0.0.5:554/user=a@b')).toEqual({ url: 'rtsp://10.0.0.5:554/user=a@b' })
  })
  it('adds the scheme that people leave out', () => {
    expect(splitAddress(' 10.0.0.5/live ')).toEqual({ url: 'rtsp://10.0.0.5/live' })
  })
  it('keeps an empty text empty and a foreign scheme as it is', () => {
    expect(splitAddress('')).toEqual({ url: '' })
    expect(splitAddress('http://h/x')).toEqual({ url: 'http://h/x' })
  })
})
