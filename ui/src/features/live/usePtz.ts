import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onBeforeUnmount, ref, toValue, type MaybeRefOrGetter } from 'vue'
import { api, type PatrolAction } from '@/api'

/** A held key or button says so again this often, so that the camera stops soon after we are gone. */
const AGAIN_MS = 1_000
const TIMEOUT_MS = 2_500
/** Of the drive's fastest: fast enough to follow a person, slow enough to aim. */
const SPEED = 0.5

/** -1..1 each; right, up and near are positive. */
type Speed = { pan: number; tilt: number; zoom: number }
export type Direction = { pan?: -1 | 0 | 1; tilt?: -1 | 0 | 1; zoom?: -1 | 0 | 1 }

/** The drive of a camera: what it can do, moving while held, presets and the round of them. */
export function usePtz(camera: MaybeRefOrGetter<{ id: string; onvif?: unknown }>) {
  const id = () => toValue(camera).id
  const queries = useQueryClient()
  const key = computed(() => ['ptz', id()])
  const facts = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.ptz(id(), signal),
    enabled: () => Boolean(toValue(camera).onvif),
    staleTime: 10 * 60_000,
    retry: false,
  })
  const onSettled = () => queries.invalidateQueries({ queryKey: key.value })
  const failure = ref<unknown>()
  let timer: ReturnType<typeof setInterval> | undefined
  // One request after another: a stop that overtakes its move would leave the camera moving.
  let line: Promise<unknown> = Promise.resolve()
  let waiting = 0

  function ask(request: () => Promise<unknown>) {
    waiting++
    line = line
      .then(request)
      .catch((error: unknown) => {
        failure.value = error
        hold()
      })
      .finally(() => waiting--)
  }
  function send(speed: Speed) {
    ask(() => api.ptzMove(id(), { ...speed, timeoutMs: TIMEOUT_MS }))
  }
  /** Moves until `release()`. */
  function press(direction: Direction) {
    hold()
    failure.value = undefined
    const speed = { pan: (direction.pan ?? 0) * SPEED, tilt: (direction.tilt ?? 0) * SPEED, zoom: (direction.zoom ?? 0) * SPEED }
    send(speed)
    timer = setInterval(() => {
      if (waiting === 0) send(speed)
    }, AGAIN_MS)
  }
  function hold() {
    clearInterval(timer)
    timer = undefined
  }
  function release() {
    if (timer === undefined) return
    hold()
    ask(() => api.ptzStop(id()))
  }
  onBeforeUnmount(release)

  const act = <T>(mutationFn: (input: T) => Promise<unknown>) =>
    useMutation({
      mutationFn,
      onMutate: () => (failure.value = undefined),
      onError: (error) => (failure.value = error),
      onSettled,
    })
  return {
    facts: facts.data,
    /** Whether there is anything to show. */
    supported: computed(() => facts.data.value?.supported === true),
    failure,
    press,
    release,
    goto: act((where: { preset: string } | { home: true }) => api.ptzGoto(id(), where)),
    savePreset: act((name: string) => api.ptzSetPreset(id(), name)),
    removePreset: act((token: string) => api.ptzRemovePreset(id(), token)),
    patrol: act((action: PatrolAction) => api.ptzPatrol(id(), action)),
  }
}

/** What a key means to an open pad. */
export function directionOfKey(key: string): Direction | undefined {
  const directions: Record<string, Direction> = {
    ArrowLeft: { pan: -1 },
    ArrowRight: { pan: 1 },
    ArrowUp: { tilt: 1 },
    ArrowDown: { tilt: -1 },
    '+': { zoom: 1 },
    '=': { zoom: 1 },
    '-': { zoom: -1 },
  }
  return directions[key]
}
