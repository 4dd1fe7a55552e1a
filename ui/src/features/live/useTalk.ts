import { useQuery } from '@tanstack/vue-query'
import { computed, onBeforeUnmount, ref, toValue, type MaybeRefOrGetter } from 'vue'
import { api } from '@/api'
import { Microphone, MicrophoneError, type NoMicrophone } from './Microphone'
import { TALK_RATE_HZ } from './PcmDownsampler'

type TalkMessage = { type: 'ready' } | { type: 'refused' | 'ended'; code: string; detail: string; talker?: string }

export type TalkState =
  | { kind: 'idle' }
  | { kind: 'asking' }
  | { kind: 'connecting' }
  | { kind: 'talking' }
  | { kind: 'noMicrophone'; why: NoMicrophone }
  | { kind: 'over'; code: string; detail: string; talker?: string }

/** Ends by itself when the server says nothing for so long; it does within half of that. */
const PATIENCE_MS = 30_000

/**
 * Talking to one camera: its loudspeaker is asked for once `interested`, the microphone and a socket of its own live only
 * from `start()` to `stop()`.
 */
export function useTalk(camera: MaybeRefOrGetter<string>, interested: MaybeRefOrGetter<boolean>) {
  const query = useQuery({
    queryKey: computed(() => ['loudspeaker', toValue(camera)]),
    queryFn: ({ signal }) => api.loudspeaker(toValue(camera), signal),
    enabled: () => toValue(interested),
    staleTime: 10 * 60_000,
    retry: false,
  })
  const able = computed(() => query.data.value?.ability === 'yes')
  const state = ref<TalkState>({ kind: 'idle' })
  /** 0..1, of what the microphone hears. */
  const level = ref(0)
  const active = computed(() => ['asking', 'connecting', 'talking'].includes(state.value.kind))
  let microphone: Microphone | undefined
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  async function start(): Promise<void> {
    if (active.value) return
    const mine = ++turn
    state.value = { kind: 'asking' }
    try {
      const opened = await Microphone.open(sound)
      if (mine !== turn) return opened.close() // let go meanwhile
      microphone = opened
      connect(mine)
    } catch (cause) {
      if (mine === turn) end({ kind: 'noMicrophone', why: cause instanceof MicrophoneError ? cause.why : 'none' })
    }
  }

  function connect(mine: number): void {
    state.value = { kind: 'connecting' }
    const lost: TalkState = { kind: 'over', code: 'talk.lost', detail: '' }
    const opened = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/cameras/${encodeURIComponent(toValue(camera))}/talk`)
    socket = opened
    opened.onopen = () => opened.send(JSON.stringify({ rateHz: TALK_RATE_HZ }))
    opened.onmessage = ({ data }: MessageEvent<string>) => {
      if (mine !== turn) return
      const message = JSON.parse(data) as TalkMessage
      clearTimeout(timer)
      if (message.type === 'ready') state.value = { kind: 'talking' }
      else end({ kind: 'over', code: message.code, detail: message.detail, ...(message.talker === undefined ? {} : { talker: message.talker }) })
    }
    opened.onclose = () => {
      if (mine === turn) end(lost)
    }
    timer = setTimeout(() => {
      if (mine === turn) end(lost)
    }, PATIENCE_MS)
  }

  function sound(pcm: ArrayBuffer): void {
    level.value = loudness(new Int16Array(pcm))
    if (state.value.kind === 'talking' && socket?.readyState === WebSocket.OPEN) socket.send(pcm)
  }

  function end(next: TalkState): void {
    turn++
    clearTimeout(timer)
    microphone?.close()
    socket?.close()
    microphone = undefined
    socket = undefined
    level.value = 0
    state.value = next
  }

  /** Lets go; what went wrong stays to be read. */
  function stop(): void {
    if (active.value) end({ kind: 'idle' })
  }

  onBeforeUnmount(stop)
  return { able, state, level, active, start, stop }
}

/** The loudest sample on a scale that follows the ear: -50 dB is 0. */
export function loudness(samples: Int16Array): number {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  return peak === 0 ? 0 : Math.max(0, Math.min(1, 1 + (20 * Math.log10(peak / 32_768)) / 50))
}
