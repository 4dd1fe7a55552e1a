/** What players.mjs puts into a page: the product's own players. */
export { HlsPlayer } from '../src/features/live/ways/HlsPlayer'
export { MsePlayer } from '../src/features/live/ways/MsePlayer'
export { WebRtcPlayer } from '../src/features/live/ways/WebRtcPlayer'
