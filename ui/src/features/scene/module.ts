import type { FeatureModule } from '@/app/feature'

export default {
  routes: [{ path: '/cameras/:id/scene', name: 'scene', component: () => import('./ScenePage.vue'), meta: { title: 'scene.title', administratorOnly: true } }],
} satisfies FeatureModule
