import { useQueryClient, type QueryClient } from '@tanstack/vue-query'
import { parseJson } from '@/api/http'
import { onBeforeUnmount, onMounted, ref } from 'vue'
import type { Alarm, Camera, DeviceEvent, Fact, Health, SeenEvent } from '@/api'

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
/** Of one camera at a time; one with more rules than that is not told apart. */
const MOST_EVENTS = 32
/** Of all cameras, for the pages that are open; older ones are asked for. */
const MOST_SEEN = 200

/** The one events socket of the page. Facts go into the query cache; nothing else holds a copy. */
export function useLiveFacts() {
  const queries = useQueryClient()
  const connected = ref(true)
  let socket: WebSocket | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let pauseMs = FIRST_PAUSE_MS
  let ended = false

  function open() {
    socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/live/events`)
    socket.onopen = () => {
      // What was missed while away is asked for once.
      if (!connected.value) {
        queries.setQueriesData<DeviceEvent[]>({ queryKey: ['device-events'] }, [])
        void queries.invalidateQueries()
      }
      connected.value = true
      pauseMs = FIRST_PAUSE_MS
    }
    socket.onmessage = (message: MessageEvent<unknown>) => {
      const fact = readFact(message.data)
      if (fact !== undefined) applyFact(queries, fact)
    }
    socket.onclose = () => {
      if (ended) return
      connected.value = false
      timer = setTimeout(open, pauseMs * (0.75 + Math.random() / 2))
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    }
  }

  onMounted(open)
  onBeforeUnmount(() => {
    ended = true
    clearTimeout(timer)
    socket?.close()
  })
  return { connected }
}

export function readFact(data: unknown): Fact | undefined {
  if (typeof data !== 'string') return undefined
  try {
    const fact: unknown = parseJson(data)
    return typeof fact === 'object' && fact !== null && 'type' in fact ? (fact as Fact) : undefined
  } catch {
    return undefined
  }
}

export function applyFact(queries: QueryClient, fact: Fact) {
  switch (fact.type) {
    case 'camera.state':
      queries.setQueryData<Camera[]>(['cameras'], (cameras) =>
        cameras?.map((camera) => (camera.id === fact.camera ? { ...camera, state: fact.state } : camera)),
      )
      break
    case 'alarm.raised':
      changeAlarms(queries, (alarms) => [...alarms.filter((alarm) => alarm.id !== fact.alarm.id), fact.alarm])
      break
    case 'alarm.cleared':
      changeAlarms(queries, (alarms) => alarms.filter((alarm) => alarm.id !== fact.alarm.id))
      break
    case 'segment.closed':
      void queries.invalidateQueries({ queryKey: ['coverage', fact.camera] })
      break
    case 'event.began':
    case 'event.changed':
      queries.setQueryData<SeenEvent[]>(['events-live'], (events = []) => [...events.filter(({ id }) => id !== fact.event.id), fact.event].slice(-MOST_SEEN))
      break
    case 'camera.event':
      queries.setQueryData<DeviceEvent[]>(['device-events', fact.camera], (events = []) => {
        const others = events.filter((event) => event.topic !== fact.topic || event.source !== fact.source)
        return fact.active ? [...others, fact].slice(-MOST_EVENTS) : others
      })
      break
  }
}

function changeAlarms(queries: QueryClient, change: (alarms: Alarm[]) => Alarm[]) {
  queries.setQueryData<Health>(['health'], (health) => health && { ...health, alarms: change(health.alarms) })
}
