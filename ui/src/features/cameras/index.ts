export { default as CameraLinks } from './CameraLinks.vue'
export { PUBLISHED } from './draft'
export { cameraCondition, streamHost, type Condition } from './condition'
export { useCamera, useCameraChanges, useCameras } from './useCameras'
