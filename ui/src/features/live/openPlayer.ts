import { api, ApiProblem, whep } from '@/api'
import type { Wanted } from './LiveView'
import type { Choice } from './ways/choice'
import { HlsPlayer } from './ways/HlsPlayer'
import type { Ending, LivePlayer, PlayerListener } from './ways/LivePlayer'
import { MsePlayer } from './ways/MsePlayer'
import { WebRtcPlayer } from './ways/WebRtcPlayer'

/** A player of one camera for one attempt; the browser's session cookie goes with every request. */
export function openPlayer(camera: string, { way, stream }: Choice, wanted: Wanted, video: HTMLVideoElement, listener: PlayerListener): LivePlayer {
  const id = encodeURIComponent(camera)
  const whyFailed = () => diagnose(camera)
  const automatic = wanted.wish === 'auto'
  switch (way) {
    case 'webrtc':
      return new WebRtcPlayer(
        video,
        { play: (offer, signal) => whep.play(camera, stream, offer, signal), leave: whep.leave },
        { picky: automatic, listening: automatic && wanted.listening },
        listener,
      )
    case 'mse':
      return new MsePlayer(video, `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/cameras/${id}/live/${stream}`, whyFailed, listener)
    case 'hls':
      return new HlsPlayer(video, `/hls/${id}/${stream}/index.m3u8`, wanted.lowLatency, whyFailed, listener)
  }
}

/** Why a connection for one camera's pictures failed: when any other request is answered, its way is barred. */
async function diagnose(camera: string): Promise<Ending> {
  try {
    await api.getCamera(camera)
    return { kind: 'unfit', obstacle: { kind: 'network' } }
  } catch (cause) {
    if (cause instanceof ApiProblem && cause.status === 401) return { kind: 'refused', why: 'signedOut' }
    if (cause instanceof ApiProblem && cause.status === 404) return { kind: 'refused', why: 'noRight' }
    return { kind: 'lost' }
  }
}
