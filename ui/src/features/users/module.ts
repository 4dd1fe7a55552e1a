import { KeyRound, Users } from '@lucide/vue'
import type { FeatureModule } from '@/app/feature'

export default {
  routes: [
    { path: '/users', name: 'users', component: () => import('./UsersPage.vue'), meta: { title: 'users.title', administratorOnly: true } },
    { path: '/password', name: 'password', component: () => import('./PasswordPage.vue'), meta: { title: 'users.password.title' } },
  ],
  menu: [
    { route: 'users', label: 'users.title', icon: Users, place: 'user', order: 10, administratorOnly: true },
    { route: 'password', label: 'users.password.title', icon: KeyRound, place: 'user', order: 30 },
  ],
} satisfies FeatureModule
