export { saveSnapshot, snapshotName } from './snapshot'
export { default as LivePicture } from './LivePicture.vue'
