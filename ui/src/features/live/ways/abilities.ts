import type { Camera } from '@/api'
import type { Codec } from '@/api/schema'
import { HLS_TYPE, playsHlsItself } from './HlsPlayer'
import type { Way } from './LivePlayer'
import { mediaSourceType } from './MsePlayer'

export type Sound = NonNullable<NonNullable<Camera['state']['main']['format']>['audio']>

/** What a way can carry to this browser. */
export type Ability = { video(codec: Codec): boolean; sound(sound: Sound): boolean }

/** What this browser can play, by the way it comes; a way it does not have is absent. */
export type Abilities = Partial<Record<Way, Ability>>

/** How codecs are called in fMP4 (RFC 6381): middling profiles, since the true one is known only when it plays. G.711 comes as FLAC. */
const NAMES: Record<Codec, string> = {
  H264: 'avc1.64001f',
  H265: 'hvc1.1.6.L120.90',
  AAC: 'mp4a.40.2',
  OPUS: 'opus',
  PCMU: 'flac',
  PCMA: 'flac',
  FLAC: 'flac',
}

/** Asks the browser. */
export function askBrowser(): Abilities {
  const source = mediaSourceType()
  const mse = source && inMp4((type) => source.isTypeSupported(type))
  const video = document.createElement('video')
  return {
    webrtc: webRtcAbility(),
    mse,
    hls: playsHlsItself() && video.canPlayType(HLS_TYPE) !== '' ? inMp4((type) => video.canPlayType(type) !== '') : mse,
  }
}

function inMp4(supports: (type: string) => boolean): Ability {
  return {
    video: (codec) => supports(`video/mp4; codecs="${NAMES[codec]}"`),
    sound: ({ codec }) => supports(`audio/mp4; codecs="${NAMES[codec]}"`),
  }
}

/** RFC 7742 and RFC 7874: H.264, Opus and G.711 in one channel of 8 kHz; never AAC. */
function webRtcAbility(): Ability | undefined {
  if (window.RTCPeerConnection === undefined) return undefined
  const names = (kind: string) => RTCRtpReceiver.getCapabilities(kind)?.codecs.map((codec) => codec.mimeType.toUpperCase())
  const pictures = names('video') ?? ['VIDEO/H264']
  const sounds = names('audio') ?? ['AUDIO/OPUS', 'AUDIO/PCMU', 'AUDIO/PCMA']
  return {
    video: (codec) => pictures.includes(`VIDEO/${codec}`),
    sound: ({ codec, sampleRateHz, channels }) => sounds.includes(`AUDIO/${codec}`) && (codec === 'OPUS' || (sampleRateHz === 8000 && channels === 1)),
  }
}
