/** How a recorded span is drawn: by the most that is known of why it was kept. */
export type SpanTone = 'recorded' | 'motion' | 'object'

export function tone(reasons: readonly string[]): SpanTone {
  if (reasons.includes('object')) return 'object'
  return reasons.includes('motion') ? 'motion' : 'recorded'
}
