import { merge } from './merge'
import type { Texts } from './index'

/** All texts of this language: the frame's and those of every feature, in one chunk. */
const files = import.meta.glob<Texts>(['./id.json', '../features/*/id.json'], { eager: true, import: 'default' })

export default merge(Object.values(files))
