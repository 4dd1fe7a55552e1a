import type { Format } from '@/api'
import type { Codec } from '@/api/schema'
import type { Abilities } from './abilities'
import { WAYS, type Obstacle, type StreamName, type Way } from './LivePlayer'

/** What the user fixed, or that the best way is found for them. */
export const WISHES = ['auto', ...WAYS] as const
export type Wish = (typeof WISHES)[number]

export type Passed = { stream: StreamName; way: Way; obstacle: Obstacle }

export type Choice = {
  stream: StreamName
  way: Way
  /** Better ones that were not taken. */
  passed: Passed[]
  /** Sound that the stream has and this way does not bring. */
  silent?: Codec
}

export type Question = {
  wish: Wish
  /** The wanted one first; another is taken when the browser shows nothing of it. */
  streams: StreamName[]
  /** Whether somebody listens. */
  listening: boolean
  formatOf(stream: StreamName): Format | undefined
  abilities: Abilities
  /** What was found out by trying. */
  remembered(stream: StreamName, way: Way): Obstacle | undefined
}

/**
 * The way to take. Pictures alone take WebRTC, whatever the sound: it has the least delay, and a muted tile loses
 * nothing. Who listens gets the first way that brings the sound; only where none does, one without it.
 */
export function choose(question: Question): { choice?: Choice; passed: Passed[] } {
  const first = search(question)
  if (first.choice || !question.listening) return first
  const silent = search({ ...question, listening: false })
  return silent.choice ? { ...silent, choice: { ...silent.choice, passed: first.passed } } : first
}

function search(question: Question): { choice?: Choice; passed: Passed[] } {
  const passed: Passed[] = []
  for (const stream of question.streams) {
    // Sound alone is no reason to make pictures anew.
    if (stream === 'transcode' && passed.some(({ obstacle }) => obstacle.kind === 'sound')) break
    for (const way of question.wish === 'auto' ? WAYS : [question.wish]) {
      const obstacle = obstacleOf(question, stream, way)
      if (!obstacle) return { choice: { stream, way, passed, silent: silentOn(question, stream, way) }, passed }
      passed.push({ stream, way, obstacle })
    }
  }
  return { passed }
}

function obstacleOf(question: Question, stream: StreamName, way: Way): Obstacle | undefined {
  const ability = question.abilities[way]
  if (!ability) return { kind: 'browser' }
  const video = question.formatOf(stream)?.video?.codec
  if (video && !ability.video(video)) return { kind: 'video', codec: video }
  if (question.wish !== 'auto') return undefined // who fixes a way finds out
  const silent = question.listening ? silentOn(question, stream, way) : undefined
  if (silent) return { kind: 'sound', codec: silent }
  const remembered = question.remembered(stream, way)
  return remembered?.kind === 'sound' && !question.listening ? undefined : remembered
}

function silentOn(question: Question, stream: StreamName, way: Way): Codec | undefined {
  const sound = question.formatOf(stream)?.audio
  return sound && !question.abilities[way]?.sound(sound) ? sound.codec : undefined
}

/** Why a choice is not the best there is, in the fewest words: the first better way of the same stream. */
export function reasonOf(choice: Choice): Passed | undefined {
  return choice.passed.find((one) => one.stream === choice.stream)
}

/** Why another stream than the wanted one is shown. */
export function streamReasonOf(choice: Choice): Passed | undefined {
  return choice.passed.find((one) => one.stream !== choice.stream)
}
