import { mount } from '@vue/test-utils'
import type { VueWrapper } from '@vue/test-utils'
import { expect, it } from 'vitest'
import FileField from './FileField.vue'
import SelectField from './SelectField.vue'
import TextField from './TextField.vue'

const told = { id: 'field-x', label: '原因', hint: '写明依据', error: '请填写' }
const kinds: [string, string, (props: object) => VueWrapper][] = [
  ['a line', 'input', (props) => mount(TextField, { props: { ...told, ...props, modelValue: '' }, attrs: { type: 'date' } })],
  ['a text', 'textarea', (props) => mount(TextField, { props: { ...told, ...props, modelValue: '', multiline: true } })],
  ['a choice', 'select', (props) => mount(SelectField, { props: { ...told, ...props, modelValue: '', options: [{ value: 'a', label: '甲' }] } })],
  ['a file', 'input', (props) => mount(FileField, { props: { ...told, ...props, modelValue: null, accept: '.csv' } })],
]

it.each(kinds)('%s is tied to its label, its hint and what is wrong with it', (_, control, show) => {
  const wrong = show({})
  expect(wrong.get('label').attributes('for')).toBe('field-x')
  expect(wrong.get(control).attributes()).toMatchObject({ id: 'field-x', 'aria-describedby': 'field-x-hint field-x-error', 'aria-invalid': 'true' })
  expect([wrong.get('#field-x-hint').text(), wrong.get('#field-x-error').text()]).toEqual(['写明依据', '请填写'])
  const fine = show({ hint: undefined, error: '' })
  expect(fine.get(control).attributes('aria-describedby')).toBeUndefined()
  expect(fine.get(control).attributes('aria-invalid')).toBeUndefined()
  expect(fine.find('.is-wrong').exists()).toBe(false)
})

it('a choice may stand in groups, and may be left open', () => {
  const shown = mount(SelectField, { props: { id: 'x', label: '栏目', modelValue: '', groups: [{ name: '概况', options: [{ value: 'A01', label: '简介' }] }], none: '不指定' } })
  expect(shown.get('optgroup').attributes('label')).toBe('概况')
  expect(shown.get('label').text()).toBe('栏目（选填）')
  expect(shown.get('option').attributes('disabled')).toBeUndefined()
})
