import { capacityNames, categories, channels } from '../../shared/api/inquiries.gen'
import { optionsOf } from '../requests/fields'
import type { Field } from '../requests/fields'

/** How a letter may come beside the site itself. */
export const ways = [
  { value: 'phone', label: '电话' },
  { value: 'paper', label: '书信' },
  { value: 'visit', label: '来访' },
  { value: 'email', label: '电子邮件' },
  { value: 'hotline', label: '12345 热线转来' },
]

/** channelsOf are the channels that a unit takes letters of. */
export const channelsOf = (isBureau: boolean) => channels.filter((channel) => channel.to_bureau === isBureau)

/** channelOf finds a channel; before one is chosen there is none. */
export const channelOf = (code: string) => channels.find((channel) => channel.code === code)

/** categoriesOf are what a letter of a channel may be about. */
export const categoriesOf = (code: string) => {
  const codes: readonly string[] = channelOf(code)?.categories ?? []
  return categories.filter((category) => codes.includes(category.code)).map((category) => ({ value: category.code as string, label: category.name }))
}

/** mayBeAnonymous: a report that may come without a name. */
export const mayBeAnonymous = (code: string): boolean => categories.find((category) => category.code === code)?.anonymous ?? false

/** lettersFields are the fields of the channel's form. */
export const letterFields = (code: string): Field[] =>
  (channelOf(code)?.fields ?? []).map(({ code: name, name: label, required, most }) => ({ name, label, kind: name === 'text' ? 'text' : 'line', max: most, optional: !required }))

export const capacityField: Field = { name: 'capacity', label: '来信人是', kind: 'choice', options: optionsOf(capacityNames), value: 'parent' }

export const writerFields: Field[] = [
  { name: 'name', label: '姓名', kind: 'line', max: 50 },
  { name: 'contact', label: '手机号码或者电子邮箱', kind: 'line', max: 100, hint: '用来告知办理结果，加密保存' },
]
export const guardianField: Field = { name: 'guardian', label: '监护人联系方式', kind: 'line', max: 100, optional: true }
