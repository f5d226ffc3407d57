import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import FilterForm from './FilterForm.vue'
import { dayFields } from './filterFields'

const filter = { q: '', state: '', from: '', to: '2026-05-31', sort: '' }
const fields = [{ name: 'state', label: '状态', options: [['open', '未办结']] }] as const
const folded = [...dayFields('收到日期'), { name: 'sort', label: '排序', any: '期限近的在前', options: [['number', '按编号']] }] as const
const form = (rest: Partial<typeof filter>) => mount(FilterForm<typeof filter>, { props: { filter: { ...filter, ...rest }, label: '筛选', words: '编号', fields, folded } })

it('asks at once for what is chosen, and for words when they are sent', async () => {
  const shown = form({})
  await shown.get('#filter-q').setValue('食堂')
  await shown.get('#filter-q').trigger('change')
  expect(shown.emitted('change')).toBeUndefined()
  await shown.get('form').trigger('submit')
  expect(shown.emitted('change')).toEqual([[{ ...filter, q: '食堂' }]])
  await shown.get('#filter-state').setValue('open')
  expect(shown.emitted('change')![1]).toEqual([{ ...filter, q: '食堂', state: 'open' }])
  expect(shown.get('#filter-from').attributes('max')).toBe('2026-05-31')
  expect(shown.get('#filter-sort').text()).toBe('期限近的在前按编号')
})

it('unfolds while something folded is set', async () => {
  const shown = form({ to: '', state: 'open' })
  expect(shown.get('details').attributes('open')).toBeUndefined()
  await shown.setProps({ filter: { ...filter, to: '', sort: 'number' } })
  expect(shown.get('details').attributes('open')).toBeDefined()
})
