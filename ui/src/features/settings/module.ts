import { Settings } from '@lucide/vue'
import type { FeatureModule } from '@/app/feature'

export default {
  routes: [{ path: '/settings', name: 'settings', component: () => import('./SettingsPage.vue'), meta: { title: 'settings.title', administratorOnly: true } }],
  menu: [{ route: 'settings', label: 'settings.title', icon: Settings, place: 'user', order: 20, administratorOnly: true }],
} satisfies FeatureModule
