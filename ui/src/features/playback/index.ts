import type { MomentListener, MomentPlayer, MomentSpan } from './MomentPlayer'
import { playlistUrl } from './useRecordings'

export type { MomentListener, MomentSpan } from './MomentPlayer'

/** The player is fetched when it is wanted first: a page that only may play something begins without it. */
export async function openMoment(video: HTMLVideoElement, camera: string, span: MomentSpan, listener: MomentListener): Promise<MomentPlayer> {
  const { MomentPlayer } = await import('./MomentPlayer')
  return new MomentPlayer(video, playlistUrl(camera, span.fromMs, span.untilMs), span, listener)
}
