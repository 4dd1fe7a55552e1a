import type { FeatureModule } from '@/app/feature'

export default {
  routes: [{ path: '/reports/recording', name: 'recording-report', component: () => import('./RecordingReportPage.vue'), meta: { title: 'reports.recording.title' } }],
} satisfies FeatureModule
