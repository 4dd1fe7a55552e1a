/** The picture a video element shows now, as a JPEG the browser saves. */
export async function saveSnapshot(video: HTMLVideoElement, name: string): Promise<void> {
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92))
  if (!blob) return
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

/** `gate_2026-11-21_07-00-05Z.jpg`: sorts by time and says its zone. */
export function snapshotName(camera: string, atMs: number): string {
  const at = new Date(atMs).toISOString()
  return `${camera}_${at.slice(0, 10)}_${at.slice(11, 19).replaceAll(':', '-')}Z.jpg`
}
