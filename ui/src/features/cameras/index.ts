export { PUBLISHED } from './draft'
export { cameraCondition, streamHost, type Condition } from './condition'
export { useCamera, useCameraChanges, useCameras } from './useCameras'
