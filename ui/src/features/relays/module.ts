import { Share2 } from '@lucide/vue'
import type { FeatureModule } from '@/app/feature'

export default {
  routes: [{ path: '/relays', name: 'relays', component: () => import('./RelaysPage.vue'), meta: { title: 'relays.title', administratorOnly: true } }],
  menu: [{ route: 'relays', label: 'relays.title', icon: Share2, place: 'user', order: 15, administratorOnly: true }],
} satisfies FeatureModule
