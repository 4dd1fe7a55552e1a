import { History } from '@lucide/vue'
import type { FeatureModule } from '@/app/feature'

export default {
  routes: [{ path: '/playback', name: 'playback', component: () => import('./PlaybackPage.vue'), meta: { title: 'playback.title', stage: true } }],
  menu: [{ route: 'playback', label: 'playback.title', icon: History, place: 'bar', order: 20 }],
} satisfies FeatureModule
