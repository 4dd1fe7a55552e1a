import { Activity } from '@lucide/vue'
import type { FeatureModule } from '@/app/feature'

export default {
  routes: [{ path: '/health', name: 'health', component: () => import('./HealthPage.vue'), meta: { title: 'health.title' } }],
  menu: [{ route: 'health', label: 'health.title', icon: Activity, place: 'bar', order: 40 }],
} satisfies FeatureModule
