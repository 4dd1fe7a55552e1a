import { Grid2x2 } from '@lucide/vue'
import type { FeatureModule } from '@/app/feature'

export default {
  routes: [{ path: '/live/:camera?', name: 'live', component: () => import('./LivePage.vue'), meta: { title: 'live.title', stage: true } }],
  menu: [{ route: 'live', label: 'live.title', icon: Grid2x2, place: 'bar', order: 10 }],
} satisfies FeatureModule
