// Plays and publishes by WebRTC in headless Chromium. Usage: node webrtc.mjs BASE_URL play|publish SECONDS. BASE_URL serves
// a blank page, and /whep and /whip beside it. Prints one line of JSON: what was seen.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [baseUrl, task, seconds] = process.argv.slice(2)
const CHROMIUM = [process.env.PANTAU_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path))

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--autoplay-policy=no-user-gesture-required',
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
  ],
})

/** Runs in the page. */
async function play({ length }) {
  const peer = new RTCPeerConnection()
  peer.addTransceiver('video', { direction: 'recvonly' })
  peer.addTransceiver('audio', { direction: 'recvonly' })
  const video = document.createElement('video')
  video.volume = 1
  video.autoplay = true
  document.body.append(video)
  const stream = new MediaStream()
  video.srcObject = stream
  peer.ontrack = (event) => stream.addTrack(event.track)
  const start = performance.now()
  let firstFrameMs
  video.requestVideoFrameCallback(() => (firstFrameMs = performance.now() - start))
  await peer.setLocalDescription(await peer.createOffer())
  const answer = await fetch('/whep', { method: 'POST', body: peer.localDescription.sdp })
  if (answer.status !== 201) return { status: answer.status, text: await answer.text() }
  await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() })
  const answeredMs = performance.now() - start
  await new Promise((done) => setTimeout(done, length * 1000))
  const seen = { status: 201, answeredMs, firstFrameMs, state: peer.connectionState, time: video.currentTime, width: video.videoWidth }
  for (const report of (await peer.getStats()).values()) {
    if (report.type === 'inbound-rtp') {
      seen[report.kind] = {
        packets: report.packetsReceived,
        lost: report.packetsLost,
        decoded: report.framesDecoded,
        dropped: report.framesDropped,
        freezes: report.freezeCount,
        samples: report.totalSamplesReceived,
        concealed: report.concealedSamples,
        energy: report.totalAudioEnergy,
        jitterBufferMs: (1000 * report.jitterBufferDelay) / report.jitterBufferEmittedCount,
        pli: report.pliCount,
        nack: report.nackCount,
      }
    }
    if (report.type === 'transport') seen.srtp = report.srtpCipher
  }
  peer.close()
  return seen
}

/** Runs in the page. */
async function publish({ length }) {
  const camera = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360, frameRate: 20 }, audio: true })
  const peer = new RTCPeerConnection()
  for (const track of camera.getTracks()) peer.addTransceiver(track, { direction: 'sendonly', streams: [camera] })
  await peer.setLocalDescription(await peer.createOffer())
  const answer = await fetch('/whip', { method: 'POST', body: peer.localDescription.sdp })
  if (answer.status !== 201) return { status: answer.status, text: await answer.text(), offersH264: /H264/.test(peer.localDescription.sdp) }
  await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() })
  await new Promise((done) => setTimeout(done, length * 1000))
  const seen = { status: 201, state: peer.connectionState }
  for (const report of (await peer.getStats()).values()) {
    if (report.type === 'outbound-rtp') {
      seen[report.kind] = { packets: report.packetsSent, encoded: report.framesEncoded, keyFrames: report.keyFramesEncoded, pli: report.pliCount, nack: report.nackCount, encoder: report.encoderImplementation }
    }
  }
  peer.close()
  return seen
}

try {
  const page = await browser.newPage()
  await page.goto(baseUrl)
  const seen = await page.evaluate(task === 'play' ? play : publish, { length: Number(seconds) })
  console.log(JSON.stringify(seen))
} finally {
  await browser.close()
}
