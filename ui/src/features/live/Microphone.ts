import workletUrl from './talk.worklet.ts?worker&url'

/** Why there is no microphone. `insecure`: browsers give one to HTTPS pages and to this very machine alone. */
export type NoMicrophone = 'insecure' | 'denied' | 'none'

export class MicrophoneError extends Error {
  constructor(readonly why: NoMicrophone) {
    super(why)
  }
}

/** The microphone while it is open: 16-bit samples at 16 kHz, little-endian, every 20 ms. */
export class Microphone {
  private constructor(
    private readonly stream: MediaStream,
    private readonly context: AudioContext,
  ) {}

  /** Asks the person, when they were not asked before. @throws MicrophoneError */
  static async open(onSound: (pcm: ArrayBuffer) => void): Promise<Microphone> {
    // Types say it is always there; insecure pages have none.
    const devices = navigator.mediaDevices as MediaDevices | undefined
    if (!window.isSecureContext || !devices) throw new MicrophoneError('insecure')
    let stream: MediaStream
    try {
      stream = await devices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } })
    } catch (cause) {
      throw new MicrophoneError(cause instanceof DOMException && cause.name === 'NotAllowedError' ? 'denied' : 'none')
    }
    const context = new AudioContext()
    const microphone = new Microphone(stream, context)
    try {
      await context.audioWorklet.addModule(workletUrl)
      const worklet = new AudioWorkletNode(context, 'microphone', { numberOfInputs: 1, numberOfOutputs: 0 })
      worklet.port.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => onSound(data)
      context.createMediaStreamSource(stream).connect(worklet)
      await context.resume()
      return microphone
    } catch {
      microphone.close()
      throw new MicrophoneError('none')
    }
  }

  close(): void {
    this.stream.getTracks().forEach((track) => track.stop())
    void this.context.close()
  }
}
