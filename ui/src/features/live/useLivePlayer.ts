import { onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref } from 'vue'
import { LivePlayer, type LiveState, type LiveStats } from './LivePlayer'

/** The address of a camera's live WebSocket; the browser's session cookie goes with it. */
export function liveSocketUrl(camera: string, stream: 'main' | 'sub'): string {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  return `${scheme}://${location.host}/api/v1/cameras/${encodeURIComponent(camera)}/live/${stream}`
}

/** One live player for as long as the component is mounted; leaving it leaves nothing running. */
export function useLivePlayer(video: Readonly<Ref<HTMLVideoElement | null>>, camera: string, stream: Readonly<Ref<'main' | 'sub'>>) {
  const state = shallowRef<LiveState>({ kind: 'connecting' })
  const stats = shallowRef<LiveStats>()
  const shown = ref(false)
  let player: LivePlayer | undefined

  function start(): void {
    if (!video.value) return
    player?.stop()
    stats.value = undefined // of the stream before
    player = new LivePlayer(video.value, () => Promise.resolve(liveSocketUrl(camera, stream.value)), {
      onState: (next) => {
        state.value = next
        if (next.kind === 'playing') shown.value = true
      },
      onStats: (next) => (stats.value = next),
    })
    player.start()
  }

  onMounted(start)
  watch(stream, start)
  onBeforeUnmount(() => player?.stop())

  return { state, stats, shown, retry: start, shownAt: () => player?.shownAt() }
}
