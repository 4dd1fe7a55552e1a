import type { Obstacle, StreamName, Way } from './LivePlayer'

const KEY = 'pantau.live.obstacles'

/** Which stream an obstacle was met with. */
export type Met = { camera: string; stream: StreamName }

/** What was found out by trying, for as long as the browser tab lives. */
export class WayMemory {
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {}

  note(way: Way, met: Met, obstacle: Obstacle): void {
    const all = this.read()
    all[place(way, met, obstacle)] = obstacle
    this.storage.setItem(KEY, JSON.stringify(all))
  }

  find(way: Way, met: Met): Obstacle | undefined {
    const all = this.read()
    return all[way] ?? all[`${way} ${met.camera}/${met.stream}`]
  }

  /** A way works after all: what the network refused once was a moment's trouble. */
  worked(way: Way): void {
    const { [way]: refused, ...others } = this.read()
    if (refused) this.storage.setItem(KEY, JSON.stringify(others))
  }

  forget(): void {
    this.storage.removeItem(KEY)
  }

  private read(): Record<string, Obstacle> {
    try {
      return JSON.parse(this.storage.getItem(KEY) ?? '{}') as Record<string, Obstacle>
    } catch {
      return {}
    }
  }
}

/** The network is the same for all cameras; the rest is one stream's own. */
function place(way: Way, met: Met, obstacle: Obstacle): string {
  return obstacle.kind === 'network' ? way : `${way} ${met.camera}/${met.stream}`
}

/** The tab's own storage; where the browser blocks it, what one tile finds out stays with that tile. */
export function memoryOfThisTab(): WayMemory {
  try {
    window.sessionStorage.getItem(KEY)
    return new WayMemory(window.sessionStorage)
  } catch {
    const kept = new Map<string, string>()
    return new WayMemory({
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    })
  }
}
