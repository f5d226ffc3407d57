import { expect, it } from 'vitest'
import { choicesAt, fieldsOf, usualOf } from './stepFields'
import { inquiryActionNames } from '../../shared/api/inquiries.gen'
import type { InquiryDesk } from '../../shared/api/inquiries.gen'

const desk = (state: string, ...offered: string[]) =>
  ({ state, category: 'help', choices: offered.map((what) => ({ do: what })), options: { colleagues: [], grounds: [], extend: 5, complex: 10, categories: [{ code: 'help', name: '求助' }, { code: 'harm', name: '侵害未成年人' }] } }) as unknown as InquiryDesk

it('asks what a step needs, and offers only another category', () => {
  expect(fieldsOf('accept', desk('submitted'))).toEqual([])
  expect(fieldsOf('refuse', desk('submitted')).map(({ name }) => name)).toEqual(['ground', 'right'])
  expect(fieldsOf('classify', desk('submitted'))[0]!.options).toEqual([{ value: 'harm', label: '侵害未成年人' }])
})

it('puts every step at one place of the page', () => {
  const all = desk('reviewing', ...Object.keys(inquiryActionNames))
  const placed = ['desk', 'review', 'draft', 'selection'].flatMap((place) => choicesAt(place, all).map(({ do: what }) => what))
  expect(placed.sort()).toEqual(Object.keys(inquiryActionNames).sort())
})

it('knows what usually comes next', () => {
  expect(usualOf(desk('submitted', 'accept', 'refuse'))).toBe('accept')
  expect(usualOf(desk('submitted', 'refuse'))).toBe('')
  expect(usualOf(desk('handling', 'reply_order', 'assign'))).toBe('reply_order')
})
