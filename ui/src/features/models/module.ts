import { ScanSearch } from '@lucide/vue'
import type { FeatureModule } from '@/app/feature'

export default {
  routes: [{ path: '/models', name: 'models', component: () => import('./ModelsPage.vue'), meta: { title: 'models.title', administratorOnly: true } }],
  menu: [{ route: 'models', label: 'models.title', icon: ScanSearch, place: 'user', order: 17, administratorOnly: true }],
} satisfies FeatureModule
