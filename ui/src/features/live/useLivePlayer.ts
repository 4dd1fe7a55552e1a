import { useQueryClient } from '@tanstack/vue-query'
import { computed, onBeforeUnmount, onMounted, ref, shallowRef, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue'
import type { Camera, Format } from '@/api'
import { LiveView, type LiveState, type LiveStats, type Wanted } from './LiveView'
import { openPlayer } from './openPlayer'
import { useLiveWays } from './useLiveWays'
import { useOnScreen } from './useOnScreen'
import type { Choice } from './ways/choice'
import type { StreamName } from './ways/LivePlayer'
import { memoryOfThisTab } from './ways/WayMemory'

/** While the overlay is looked at; else just often enough to see that a picture falls behind. */
const STATS_MS = 1000
const QUIET_STATS_MS = 5000

/** What a tile wants; every part may change at any time. */
type Wishes = { camera: MaybeRefOrGetter<Camera>; wanted: MaybeRefOrGetter<Wanted>; muted: Ref<boolean>; watched: MaybeRefOrGetter<boolean> }

const STREAMS = ['main', 'sub', 'transcode'] as const

/** What the server knows of a stream. One that is made anew has the sound of what it is made of, also before it is. */
function formatOf({ state }: Camera, stream: StreamName): Format | undefined {
  const known = state[stream]?.format
  if (known || stream !== 'transcode') return known
  const audio = (state.sub ?? state.main).format?.audio
  return audio ? { audio } : undefined
}

/** One camera's live picture for as long as the component is mounted; leaving it leaves nothing running. */
export function useLivePlayer(stage: Readonly<Ref<HTMLElement | null>>, { camera, wanted, muted, watched }: Wishes) {
  const state = shallowRef<LiveState>({ kind: 'connecting' })
  const stats = shallowRef<LiveStats>()
  const choice = shallowRef<Choice>()
  /** As the way itself tells it. */
  const told = shallowRef<Format>()
  const format = computed(() => told.value ?? (choice.value && toValue(camera).state[choice.value.stream]?.format))
  const queries = useQueryClient()
  const { abilities } = useLiveWays()
  const shown = ref(false)
  const onScreen = useOnScreen(stage)
  let view: LiveView | undefined
  let statsTimer: ReturnType<typeof setTimeout> | undefined

  async function readStats(): Promise<void> {
    clearTimeout(statsTimer)
    const read = await view?.stats()
    if (!view) return
    stats.value = read
    clearTimeout(statsTimer)
    statsTimer = setTimeout(() => void readStats(), toValue(watched) ? STATS_MS : QUIET_STATS_MS)
  }

  onMounted(() => {
    if (!stage.value) return
    const { id } = toValue(camera)
    view = new LiveView(
      stage.value,
      {
        camera: id,
        abilities,
        memory: memoryOfThisTab(),
        formatOf: (stream) => formatOf(toValue(camera), stream),
        open: (...attempt) => openPlayer(id, ...attempt),
      },
      {
        onState: (next) => {
          state.value = next
          if (next.kind === 'playing') shown.value = true
        },
        onChoice: (taken, itsFormat) => {
          choice.value = taken
          told.value = itsFormat
          // A stream that was not pulled until now: the server knows its format since a moment.
          if (!itsFormat) void queries.invalidateQueries({ queryKey: ['cameras'] }, { cancelRefetch: false })
          void readStats()
        },
        onSilenced: () => (muted.value = true),
      },
    )
    view.want(toValue(wanted))
  })
  watch(
    () => toValue(wanted),
    (now) => view?.want(now),
  )
  // What became known of a stream may change the choice, or what is said of it.
  watch(
    () => STREAMS.map((stream) => toValue(camera).state[stream]?.format).map((known) => `${known?.video?.codec} ${known?.audio?.codec}`).join(),
    () => view?.want(toValue(wanted)),
  )
  watch(muted, (now) => view?.mute(now))
  watch(
    () => toValue(watched),
    () => void readStats(),
  )
  watch(
    () => STREAMS.some((stream) => toValue(camera).state[stream]?.phase === 'streaming'),
    (streams) => streams && view?.cameraCame(),
  )
  // Who only listens has left the page open on purpose.
  watch([onScreen, muted], () => {
    if (onScreen.value || !muted.value) view?.wake()
    else view?.rest()
  })
  onBeforeUnmount(() => {
    clearTimeout(statsTimer)
    view?.close()
    view = undefined
  })

  return { state, stats, choice, format, shown, retry: () => view?.retry(), shownAt: () => view?.shownAt(), video: () => view?.video }
}
