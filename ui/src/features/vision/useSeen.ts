import { onBeforeUnmount, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { objectsSocketPath, type ObjectsMessage, type LineCount, type SceneFacts } from '@/api'
import { parseJson } from '@/api/http'
import { SeenBuffer } from './SeenBuffer'

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000

/**
 * What one camera's pictures show, told by its objects socket while it is wanted. What was seen goes past the
 * reactivity, ten times a second, into the buffer.
 */
export function useSeen(camera: MaybeRefOrGetter<string>, wanted: MaybeRefOrGetter<boolean>) {
  const buffer = new SeenBuffer()
  const scene = shallowRef<SceneFacts>()
  const listeners = new Set<() => void>()
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let pauseMs = FIRST_PAUSE_MS

  function open(): void {
    const opened = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${objectsSocketPath(toValue(camera))}`)
    socket = opened
    opened.onopen = () => (pauseMs = FIRST_PAUSE_MS)
    opened.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (socket !== opened || typeof data !== 'string') return
      receive(parseJson(data) as ObjectsMessage)
    }
    opened.onclose = () => {
      if (socket !== opened) return
      timer = setTimeout(open, pauseMs * (0.75 + Math.random() / 2))
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    }
  }

  function receive(message: ObjectsMessage): void {
    switch (message.type) {
      case 'scene':
        scene.value = message
        break
      case 'seen':
        buffer.add(message)
        break
      case 'crossing':
        if (scene.value) scene.value = { ...scene.value, counts: counted(scene.value.counts, message) }
        break
      case 'state':
        if (scene.value) scene.value = { ...scene.value, state: message.state }
        break
    }
    for (const listener of listeners) listener()
  }

  function close(): void {
    clearTimeout(timer)
    const closed = socket
    socket = undefined
    closed?.close()
    buffer.clear()
    scene.value = undefined
    for (const listener of listeners) listener()
  }

  watch(
    [() => toValue(camera), () => toValue(wanted)],
    ([, now]) => {
      close()
      pauseMs = FIRST_PAUSE_MS
      if (now) open()
    },
    { immediate: true },
  )
  onBeforeUnmount(() => {
    close()
    listeners.clear()
  })

  /** Called after every message. */
  const onNews = (listener: () => void) => void listeners.add(listener)
  return { buffer, scene, onNews }
}

export type SeenFeed = ReturnType<typeof useSeen>

/** The counts with one crossing more. */
function counted(counts: SceneFacts['counts'], { line, direction, label }: Extract<ObjectsMessage, { type: 'crossing' }>): SceneFacts['counts'] {
  const none = { toLeft: 0, toRight: 0 }
  const of = counts[line] ?? { ...none, byClass: {} }
  const ofClass = of.byClass[label] ?? none
  const next: LineCount = { ...of, [direction]: of[direction] + 1, byClass: { ...of.byClass, [label]: { ...ofClass, [direction]: ofClass[direction] + 1 } } }
  return { ...counts, [line]: next }
}
