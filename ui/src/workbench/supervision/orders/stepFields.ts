import { today } from '../../articles/articleWords'
import { orderBounds } from '../../../shared/api/orders.gen'
import type { OrderPartDesk } from '../../../shared/api/orders.gen'
import type { Field } from '../../requests/fields'

const text = (label: string, hint = ''): Field => ({ name: 'reason', label, kind: 'text', max: 2000, hint })
const days = (label: string, value: number, hint = ''): Field => ({ name: 'days', label, kind: 'number', value, hint })

// What each step asks for. What the server misses it says at the field of that name.
const table: Record<string, (part: OrderPartDesk) => Field[]> = {
  ask_extension: () => [days('延长（工作日）', 5, `最多 ${orderBounds.extend} 个工作日，只能申请一次`), text('延期的理由')],
  grant_extend: ({ asked_days: asked }) => [days('同意延长（工作日）', asked, `学校申请 ${asked} 个工作日，可以少给`)],
  decline_extend: () => [text('不同意的理由', '学校会看到')],
  submit: () => [text('整改情况', '做了什么，结果怎样。由校长或者信息公开负责人报送，报送后不能修改')],
  return: () => [text('还差什么', '写明怎样才算完成，学校会看到'), days('重新办理的期限（工作日）', 5)],
  withdraw: () => [text('撤销的理由', '学校会看到')],
  talk: () => [{ name: 'on', label: '约谈日期', kind: 'day', value: today() }, text('约谈记录', '约谈的对象、内容和要求，学校会看到')],
}

/** fieldsOf is what a step asks for; a step without an entry asks for nothing. */
export const fieldsOf = (action: string, part: OrderPartDesk): Field[] => table[action]?.(part) ?? []

/** usualOf is the step that usually comes next, '' where none stands out. */
export const usualOf = (part: OrderPartDesk): string =>
  ['acknowledge', 'grant_extend', part.talk ? 'talk' : '', 'submit', 'close'].find((what) => part.choices.some(({ do: one }) => one === what)) ?? ''

/** isSerious: what cannot be taken back and ends something. */
export const isSerious = (action: string): boolean => action === 'withdraw'
