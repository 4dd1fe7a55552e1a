/**
 * Calls back once when a video element has its first picture on the screen.
 * @returns forgets it
 */
export function onFirstPicture(video: HTMLVideoElement, call: () => void): () => void {
  let over = false
  let frame = 0
  const finish = () => {
    if (over) return
    over = true
    video.removeEventListener('timeupdate', onTime)
    call()
  }
  // A page that nobody sees draws nothing, and old browsers do not tell when they do.
  const onTime = () => {
    const drawn = 'requestVideoFrameCallback' in video && !document.hidden
    if (!drawn && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0) finish()
  }
  video.addEventListener('timeupdate', onTime)
  // The picture was handed over when this is told; the frame after next has surely drawn it.
  video.requestVideoFrameCallback?.(() => {
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(finish)
    })
  })
  return () => {
    over = true
    cancelAnimationFrame(frame)
    video.removeEventListener('timeupdate', onTime)
  }
}
