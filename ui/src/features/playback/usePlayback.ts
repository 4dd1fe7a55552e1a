import { onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref } from 'vue'
import { PlaybackPlayer, type PlaybackState } from './PlaybackPlayer'
import { playlistUrl } from './useRecordings'

export const SPEEDS = [0.5, 1, 2, 4, 8, 16] as const

/** One playback player for as long as the page is open; a new camera gets a new one at the same time. */
export function usePlayback(video: Readonly<Ref<HTMLVideoElement | null>>, camera: Ref<string | undefined>, startAtMs: () => number) {
  const state = shallowRef<PlaybackState>({ kind: 'idle' })
  const atMs = ref(startAtMs())
  const speed = ref(1)
  let player: PlaybackPlayer | undefined

  function open(): void {
    player?.close()
    player = undefined
    const id = camera.value
    if (!video.value || id === undefined) return
    player = new PlaybackPlayer(video.value, (fromMs, untilMs) => playlistUrl(id, fromMs, untilMs), {
      onState: (next) => (state.value = next),
      onTime: (at) => (atMs.value = at),
    })
    player.setRate(speed.value)
    player.play()
    player.seek(atMs.value)
  }

  onMounted(open)
  watch(camera, open)
  onBeforeUnmount(() => player?.close())

  return {
    state,
    atMs,
    speed,
    seek(to: number): void {
      atMs.value = to
      player?.seek(to)
    },
    toggle(): void {
      if (state.value.kind === 'playing') player?.pause()
      else player?.play()
    },
    pause: () => player?.pause(),
    shownAt: () => player?.shownAt(),
    step: (direction: 1 | -1, fps: number) => player?.step(direction, fps),
    setSpeed(next: number): void {
      speed.value = next
      player?.setRate(next)
    },
  }
}
