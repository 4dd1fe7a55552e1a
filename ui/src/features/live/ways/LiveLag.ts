/** Seconds of picture ahead of the play head: enough where a network has no trouble, too little to notice. */
const LEAST_S = 0.15
const MOST_S = 0.8
/** So many times as much each time nothing was left to play. */
const MORE = 1.4
/** After so long without that, a little less is tried. */
const CALM_MS = 20_000
const LESS = 0.9
/** Closer than this is close enough: pictures come one by one. */
const CLOSE_S = 0.02
/** The way to the newest picture takes about so long, whatever it was. */
const CATCH_UP_S = 2
const FASTEST = 1.5

/**
 * How far the play head is kept behind the newest picture, and how fast it goes there. The distance grows where the
 * network or the browser does not keep up, and shrinks again when that is over.
 */
export class LiveLag {
  private wantedS = LEAST_S
  private calmSinceMs = 0

  get seconds(): number {
    return this.wantedS
  }

  /** Nothing was left to play. */
  ranDry(nowMs = performance.now()): void {
    this.wantedS = Math.min(MOST_S, this.wantedS * MORE)
    this.calmSinceMs = nowMs
  }

  /** The playback rate for a play head so far behind the newest picture. Asked a few times a second. */
  rate(behindS: number, nowMs = performance.now()): number {
    if (nowMs - this.calmSinceMs > CALM_MS) {
      this.wantedS = Math.max(LEAST_S, this.wantedS * LESS)
      this.calmSinceMs = nowMs
    }
    const lateS = behindS - this.wantedS
    return lateS > CLOSE_S ? Math.min(FASTEST, 1 + Math.round((100 * lateS) / CATCH_UP_S) / 100) : 1
  }
}
