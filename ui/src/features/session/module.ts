import type { FeatureModule } from '@/app/feature'

export default {
  routes: [
    { path: '/sign-in', name: 'signIn', component: () => import('./SignInPage.vue'), meta: { title: 'session.signIn.title', public: true } },
    { path: '/setup', name: 'setup', component: () => import('./SetUpPage.vue'), meta: { title: 'session.setUp.title', public: true } },
    { path: '/away', name: 'serverAway', component: () => import('./ServerAwayPage.vue'), meta: { title: 'session.away.title', public: true } },
  ],
} satisfies FeatureModule
