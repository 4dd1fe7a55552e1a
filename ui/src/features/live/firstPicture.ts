/**
 * Calls back once when a video element has a picture on the screen that stays.
 * @param isSettled asked for every picture until then
 * @returns forgets it
 */
export function onFirstPicture(video: HTMLVideoElement, isSettled: () => boolean, call: () => void): () => void {
  let over = false
  let frame = 0
  const forget = () => {
    over = true
    cancelAnimationFrame(frame)
    video.removeEventListener('timeupdate', onTime)
  }
  const finish = () => {
    if (over) return
    if (!isSettled() || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
      awaitPicture()
      return
    }
    forget()
    call()
  }
  // The picture was handed over when this is told; the frame after next has surely drawn it.
  const drawn = () => {
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(finish)
    })
  }
  const awaitPicture = () => void video.requestVideoFrameCallback?.(drawn)
  // A page that nobody sees draws nothing, and old browsers do not tell when they do.
  const onTime = () => {
    if (document.hidden || !('requestVideoFrameCallback' in video)) finish()
  }
  video.addEventListener('timeupdate', onTime)
  awaitPicture()
  return forget
}
