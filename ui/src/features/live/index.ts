export { saveSnapshot, snapshotName } from './snapshot'
