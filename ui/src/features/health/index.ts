export { default as AlarmText } from './AlarmText.vue'
export { useCoverageOfAll, useHealth } from './useHealth'
