import { onBeforeUnmount, ref, watch, type Ref } from 'vue'
import type { SeenEvent } from '@/api'
import { openMoment, type MomentListener, type MomentSpan } from '@/features/playback'

/** Who only passes by sets nothing off. */
export const REST_MS = 400
/** An event is played from this much before, so that one sees it come. */
export const LEAD_MS = 3000
/** And this much on at least, though it was over at once. */
const TAIL_MS = 3000
/** Longer ones are for Playback. */
const MOST_MS = 20_000
/** What has only just happened is not on the disk yet: it is asked for again so often while somebody rests there. */
export const AGAIN_MS = 2000
const YOUNG_MS = 60_000

export type OpenMoment = (video: HTMLVideoElement, camera: string, span: MomentSpan, listener: MomentListener) => Promise<{ close(): void }>

/** What of an event is played in its place. @param nowMs the end of one that goes on */
export function spanOf({ start, end }: Pick<SeenEvent, 'start' | 'end'>, nowMs: number): MomentSpan {
  const startMs = Date.parse(start)
  const endMs = end === undefined ? nowMs : Date.parse(end)
  return { fromMs: startMs - LEAD_MS, untilMs: Math.min(Math.max(endMs, startMs + TAIL_MS), startMs + MOST_MS) }
}

/** A finger has no rest, and who wants less motion has asked for it. */
const mayPlay = () => !window.matchMedia('(pointer: coarse)').matches && !window.matchMedia('(prefers-reduced-motion: reduce)').matches

/**
 * Plays an event in place while somebody rests on it. The video is to be there while `isWanted`, and seen while
 * `isPlaying`: until then, and where nothing is recorded, the picture stays.
 */
export function useMomentPlay(video: Readonly<Ref<HTMLVideoElement | null>>, event: () => SeenEvent, open: OpenMoment = openMoment) {
  const isWanted = ref(false)
  const isPlaying = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  function rest(): void {
    if (timer !== undefined || isWanted.value || !mayPlay()) return
    timer = setTimeout(want, REST_MS)
  }
  function want(): void {
    timer = undefined
    isWanted.value = true
  }
  function leave(): void {
    clearTimeout(timer)
    timer = undefined
    isWanted.value = false
    isPlaying.value = false
  }
  function nothing(): void {
    leave()
    const { start, end } = event()
    if (Date.now() - Date.parse(end ?? start) < YOUNG_MS) timer = setTimeout(want, AGAIN_MS)
  }
  watch(video, async (element, _, onLeft) => {
    isPlaying.value = false
    if (!element) return
    let left = false
    let player: { close(): void } | undefined
    onLeft(() => {
      left = true
      player?.close()
    })
    const listener = { onPlaying: () => (isPlaying.value = !left), onNothing: () => !left && nothing() }
    try {
      player = await open(element, event().camera, spanOf(event(), Date.now()), listener)
      if (left) player.close()
    } catch {
      listener.onNothing() // the player could not be fetched
    }
  })
  onBeforeUnmount(leave)

  return {
    isWanted,
    isPlaying,
    leave,
    restPointer: ({ pointerType }: PointerEvent) => pointerType !== 'touch' && rest(),
    /** Of the keyboard: a click moves the focus, too. */
    restFocus: ({ target }: FocusEvent) => target instanceof Element && target.matches(':focus-visible') && rest(),
  }
}
