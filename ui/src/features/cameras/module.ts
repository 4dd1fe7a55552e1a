import { Cctv } from '@lucide/vue'
import type { FeatureModule } from '@/app/feature'

export default {
  routes: [{ path: '/cameras', name: 'cameras', component: () => import('./CamerasPage.vue'), meta: { title: 'cameras.title' } }],
  menu: [{ route: 'cameras', label: 'cameras.title', icon: Cctv, place: 'bar', order: 30 }],
} satisfies FeatureModule
