import { VueQueryPlugin } from '@tanstack/vue-query'
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import type { Model } from '@/api'
import { i18n, useLanguage } from '@/i18n'
import ModelRow from './ModelRow.vue'

const model: Model = { id: 'one', title: 'One', state: 'installed', inUse: true, sizeBytes: 100, checksum: 'matches', removable: false, purpose: 'objects', labels: ['person', 'car', 'motorcycle', 'traffic light', 'gerobak'] }
const text = async (language: 'en' | 'id') => {
  await useLanguage(language)
  return mount(ModelRow, { props: { model }, global: { plugins: [i18n, createPinia(), VueQueryPlugin] } }).text()
}

describe('a model', () => {
  it('says what it finds in the language in use, and in its own words what has no name here', async () => {
    expect(await text('id')).toContain('orang, mobil, sepeda motor, lampu lalu lintas, gerobak')
    expect(await text('en')).toContain('person, car, motorcycle, traffic light, gerobak')
  })
})
