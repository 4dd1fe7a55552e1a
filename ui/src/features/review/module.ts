import { ScanEye } from '@lucide/vue'
import type { FeatureModule } from '@/app/feature'

export default {
  routes: [{ path: '/review', name: 'review', component: () => import('./ReviewPage.vue'), meta: { title: 'review.title' } }],
  menu: [{ route: 'review', label: 'review.title', icon: ScanEye, place: 'bar', order: 15 }],
} satisfies FeatureModule
