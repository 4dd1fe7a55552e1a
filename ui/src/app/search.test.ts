import { describe, expect, it } from 'vitest'
import { bestMatches } from './search'

const find = (query: string) => bestMatches(['Parkir Timur', 'Gerbang parkir', 'Lobi', 'Café depan'], query, (name) => name, 10)

describe('bestMatches', () => {
  it('puts names that begin with the word first', () => expect(find('park')).toEqual(['Parkir Timur', 'Gerbang parkir']))
  it('wants every word, in any order', () => expect(find('timur park')).toEqual(['Parkir Timur']))
  it('does not care for accents', () => expect(find('cafe')).toEqual(['Café depan']))
  it('shows all for no words', () => expect(find(' ')).toHaveLength(4))
})
