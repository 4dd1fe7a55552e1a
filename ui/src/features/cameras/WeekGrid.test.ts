import { mount } from '@vue/test-utils'
import { beforeAll, describe, expect, it } from 'vitest'
import { i18n, useLanguage } from '@/i18n'
import WeekGrid from './WeekGrid.vue'
import { emptyWeek, runsOf } from './week'

beforeAll(() => useLanguage('en'))

function open() {
  const grid = mount(WeekGrid, {
    props: { modelValue: emptyWeek(), 'onUpdate:modelValue': (week: string[]) => grid.setProps({ modelValue: week }) },
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
  return grid
}
const cell = (grid: ReturnType<typeof open>, day: number, slot: number) => grid.get(`[data-day="${day}"][data-slot="${slot}"]`)

describe('WeekGrid', () => {
  it('is painted with keys alone, a block with Shift', async () => {
    const grid = open()
    await cell(grid, 0, 16).trigger('focus')
    await cell(grid, 0, 16).trigger('keydown', { key: 'ArrowRight', shiftKey: true })
    await cell(grid, 0, 17).trigger('keydown', { key: 'ArrowDown', shiftKey: true })
    expect((grid.props('modelValue') as string[]).map((day) => runsOf(day)).slice(0, 3)).toEqual([[{ from: 16, until: 18, value: 'M' }], [{ from: 16, until: 18, value: 'M' }], []])
    grid.unmount()
  })

  it('has one stop for the tab key, which says what holds there', async () => {
    const grid = open()
    expect(grid.findAll('[tabindex="0"]')).toHaveLength(1)
    expect(cell(grid, 6, 47).attributes('aria-label')).toBe('Sunday 23:30 to 24:00: As set above')
    await grid.get('input[value="X"]').setValue(true)
    await cell(grid, 6, 47).trigger('focus')
    await cell(grid, 6, 47).trigger('keydown', { key: ' ' })
    expect(cell(grid, 6, 47).attributes('aria-label')).toBe('Sunday 23:30 to 24:00: Off')
    expect(grid.get('.words').text()).toContain('Sunday 23:30–24:00 Off')
    grid.unmount()
  })

  it('is cleared at once', async () => {
    const grid = open()
    await cell(grid, 2, 3).trigger('focus')
    await cell(grid, 2, 3).trigger('keydown', { key: 'Enter' })
    await grid.get('.clear').trigger('click')
    expect(grid.props('modelValue')).toEqual(emptyWeek())
    grid.unmount()
  })
})
