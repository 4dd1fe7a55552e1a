/** How hard a password is to guess: 0 too short, 1 weak, 2 fair, 3 good. A hint, the server decides. */
export type Strength = 0 | 1 | 2 | 3

/** Shortest password the server takes. */
export const SHORTEST_PASSWORD = 10
const WELL_KNOWN = ['password', 'rahasia', 'sandi', 'admin', 'pantau', 'qwerty', '12345', 'indonesia', 'merdeka', 'bismillah', 'sayang', 'letmein']

export function passwordStrength(password: string, username = ''): Strength {
  if ([...password].length < SHORTEST_PASSWORD) return 0
  let left = password.toLowerCase()
  for (const word of [...WELL_KNOWN, username.toLowerCase()]) if (word.length > 2) left = left.replaceAll(word, '#')
  const distinct = new Set(left).size
  if (left.length < 7 || distinct < 5) return 1
  return left.length >= 14 && distinct >= 8 ? 3 : 2
}
