import type { InquiryDesk, NamedCode } from '../../shared/api/inquiries.gen'
import type { Field } from '../requests/fields'

const text = (name: string, label: string, rest: Partial<Field> = {}): Field => ({ name, label, kind: 'text', max: 2000, ...rest })
const options = (list: NamedCode[]) => list.map(({ code, name }) => ({ value: code, label: name }))

type Ask = (desk: InquiryDesk) => Field[]

// What each step asks for. What the server misses it says at the field of that name.
const table: Record<string, Ask> = {
  release: () => [text('reason', '说明', { optional: true })],
  refuse: ({ options: { grounds } }) => [
    { name: 'ground', label: '不予受理的原因', kind: 'choice', options: options(grounds) },
    text('right', '来信人应当走的渠道', { hint: '来信人会看到。例如：请向区信访局反映，电话……' }),
  ],
  classify: ({ options: { categories }, category }) => [
    { name: 'category', label: '改为', kind: 'choice', options: options(categories.filter(({ code }) => code !== category)) },
    text('reason', '说明', { optional: true }),
  ],
  assign: ({ options: { colleagues } }) => [
    { name: 'department', label: '承办部门', kind: 'line', optional: true, max: 100, hint: '例如：教导处。只选承办人的可以不填' },
    {
      name: 'assignee', label: '承办人', kind: 'choice', optional: true, options: colleagues.map(({ id, name }) => ({ value: id, label: name })),
      hint: '承办人能看到来信、写答复，看不到来信人是谁',
    },
    text('reason', '办理要求', { optional: true }),
  ],
  hand_back: () => [text('reason', '退回的理由', { hint: '为什么不是本部门的事项。只能退回一次' })],
  transfer: () => [text('reason', '为什么属于对方的事项', { hint: '接收单位会看到' })],
  give_back: () => [text('reason', '退回的理由', { hint: '为什么不是本单位的事项。只能退回一次' })],
  first_reply: () => [text('interim', '先回复来信人的内容', { hint: '已经采取的措施和下一步安排。来信人会看到' })],
  extend: ({ options: { extend, complex } }) => [
    { name: 'days', label: '延长（工作日）', kind: 'number', value: extend, hint: complex > extend ? `最多 ${extend} 个工作日；复杂事项由校长决定，最多 ${complex} 个` : `最多 ${extend} 个工作日` },
    text('interim', '先告知来信人的进展', { hint: '来信人会看到' }),
    text('reason', '延期的理由', { hint: '来信人会看到' }),
  ],
  return: () => [text('reason', '退回的原因', { hint: '写明要改哪里、怎样改' })],
  merge: () => [
    { name: 'into', label: '并入哪一件来信', kind: 'line', max: 30, hint: '同一事项的另一件来信的编号，例如 LX2026-00012' },
    text('reason', '说明', { optional: true }),
  ],
  decline_publication: () => [text('reason', '不公开的理由')],
  urge: () => [text('reason', '提醒什么', { optional: true })],
  order: () => [text('reason', '督办的要求'), { name: 'until', label: '最迟哪一天回复', kind: 'day' }],
  reply_order: () => [text('reason', '办理情况', { hint: '教育局会看到' })],
}

/** fieldsOf is what a step asks for; a step without an entry asks for nothing. */
export const fieldsOf = (action: string, desk: InquiryDesk): Field[] => table[action]?.(desk) ?? []

// Where on the page a step is taken: beside what it is about.
const places: Record<string, string[]> = {
  review: ['answer', 'return'],
  draft: ['submit_answer'],
  selection: ['propose_publication', 'publish', 'decline_publication'],
}

/** choicesAt are the steps that are offered at a place of the page; 'desk' is all that has no other. */
export const choicesAt = (place: string, desk: InquiryDesk) =>
  desk.choices.filter(({ do: what }) => (place === 'desk' ? !Object.values(places).flat().includes(what) : places[place]!.includes(what)))

/** What usually comes next in a state, to begin with. */
const usual: Record<string, string> = { held: 'release', submitted: 'accept', transferring: 'take_over' }

/** usualOf is the step that usually comes next, '' where none stands out. */
export function usualOf(desk: InquiryDesk): string {
  const offered = (what: string | undefined) => choicesAt('desk', desk).some(({ do: one }) => one === what)
  return ['reply_order', 'close_order', usual[desk.state]].find((what) => offered(what)) ?? ''
}
