/** The items that hold every word of the query, best first: a name that begins with it, a word that does, then any place. */
export function bestMatches<T>(items: readonly T[], query: string, text: (item: T) => string, limit: number): T[] {
  const words = fold(query).split(/\s+/).filter((word) => word !== '')
  return items
    .map((item, index) => ({ item, index, score: score(fold(text(item)), words) }))
    .filter((match) => match.score >= 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, limit)
    .map((match) => match.item)
}

function score(text: string, words: string[]): number {
  let sum = 0
  for (const word of words) {
    const at = text.indexOf(word)
    if (at < 0) return -1
    sum += at === 0 ? 3 : /\s/.test(text.charAt(at - 1)) ? 2 : 1
  }
  return sum
}

/** Lower case without accents. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
