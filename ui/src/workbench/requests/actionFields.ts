import { deliveryWayNames, opinionNames, remedyNames, resultNames } from '../../shared/api/requests.gen'
import type { RequestDesk } from '../../shared/api/requests.gen'
import { arrivalFields } from './arrival'
import { optionsOf } from './fields'
import type { Field } from './fields'

const text = (name: string, label: string, rest: Partial<Field> = {}): Field => ({ name, label, kind: 'text', max: 2000, ...rest })
const line = (name: string, label: string, rest: Partial<Field> = {}): Field => ({ name, label, kind: 'line', max: 100, ...rest })
const choice = (name: string, label: string, options: Field['options'], rest: Partial<Field> = {}): Field => ({
  name, label, kind: 'choice', options, ...(options?.length === 1 && { value: options[0]!.value }), ...rest,
})
const email: Field = { name: 'email', label: '同时发到邮箱', kind: 'email', optional: true, hint: '文书同时用邮件发出；不填的，请打印后送达', max: 100 }
const parties = (list: RequestDesk['inquiries']) => list.map(({ party }) => ({ value: party, label: party }))
const ways = Object.values(deliveryWayNames).map((name) => ({ value: name, label: name }))

type Ask = (desk: RequestDesk, today: string) => Field[]

// What each step asks for. What the server misses it says at the field of that name.
const table: Record<string, Ask> = {
  register: (desk, today) => arrivalFields(desk.channel_code, today).map((field) => (field.name === 'arrived' ? { ...field, value: desk.submitted } : field)),
  ask_correction: ({ terms }) => [
    text('items', '需要补正的事项', { hint: '只能告知一次，请写全。例如：请写明所需信息的名称或者年度' }),
    { name: 'days', label: '补正期限（工作日）', kind: 'number', value: terms.correction, hint: `${terms.correction_min} 至 ${terms.correction_max} 个工作日` },
  ],
  abandon: () => [text('reason', '说明', { optional: true })],
  assign: ({ colleagues }) => [
    line('party', '承办部门', { hint: '例如：总务处' }),
    choice('assignee', '承办人', colleagues.map(({ id, name }) => ({ value: id, label: name })), {
      optional: true, value: '', hint: '承办人能看到这件申请、写答复书，看不到申请人的身份信息',
    }),
    text('reason', '办理要求', { optional: true }),
  ],
  ask_third_party: () => [
    line('party', '第三方的姓名或者名称', { hint: '几个第三方分别发函' }),
    text('items', '就什么信息征求意见', { hint: '只写信息的名称和概要，不写申请人是谁' }),
    email,
  ],
  consult: () => [
    line('party', '被征求意见的单位'),
    text('items', '就什么信息征求意见'),
    { name: 'joint', label: '信息由本校与该单位共同制作', kind: 'tick', hint: '共同制作单位逾期没有答复的，视为同意公开' },
    email,
  ],
  record_opinion: ({ inquiries }, today) => [
    // silent: what came on paper and is entered only now
    choice('party', '谁的意见', parties(inquiries.filter(({ closed, opinion }) => !closed || opinion === 'silent'))),
    choice('opinion', '意见', optionsOf(opinionNames).filter(({ value }) => value !== 'silent')),
    text('reason', '理由', { optional: true }),
    { name: 'on', label: '收到意见的日期', kind: 'day', value: today },
  ],
  extend: ({ terms }) => [
    { name: 'days', label: '延长（工作日）', kind: 'number', value: terms.extend, hint: `最多 ${terms.extend} 个工作日，只能延期一次` },
    text('reason', '延期的理由', { hint: '写进延期答复告知书，申请人会看到' }),
  ],
  return: () => [text('reason', '退回的原因', { hint: '写明要改哪里、怎样改' })],
  decline: () => [text('reason', '不同意的原因')],
  deliver: (_, today) => [
    { name: 'on', label: '送达的日期', kind: 'day', value: today, hint: '当面交付、寄出或者发出邮件的当天' },
    choice('way', '送达的方式', ways),
  ],
  override: ({ inquiries }) => [
    choice('party', '告知哪个第三方', parties(inquiries.filter(({ third, opinion }) => third && opinion === 'objects'))),
    text('reason', '不公开会怎样影响公共利益', { hint: '理由写进权利人告知书，并报教育局' }),
    text('items', '决定公开的内容', { optional: true }),
  ],
  invalidate: () => [text('reason', '为什么这不是一件申请', { hint: '例如：误点、测试、内容为广告。经教育局同意后不计入统计' })],
  supplement: () => [text('reason', '要补充或者更正什么')],
  complain: (_, today) => [
    choice('complaint', '申诉方式', optionsOf(remedyNames)),
    { name: 'on', label: '提出的日期', kind: 'day', value: today },
    text('reason', '主要内容', { optional: true }),
  ],
  decide: (_, today) => [
    choice('result', '处理结果', optionsOf(resultNames)),
    { name: 'on', label: '作出结果的日期', kind: 'day', value: today },
    text('reason', '说明', { optional: true }),
  ],
  hand_over: () => [line('party', '转送给哪个单位'), { name: 'agreed', label: '申请人同意转送', kind: 'tick' }],
  urge: () => [text('reason', '提醒什么', { optional: true })],
  order: () => [text('reason', '督办的要求', { hint: '写进督办单，发给学校' })],
  interview: () => [text('reason', '约谈的情况', { hint: '时间、参加人、谈了什么、要求什么' })],
  decline_publication: () => [text('reason', '不转为主动公开的理由')],
}

/** fieldsOf is what a step asks for; a step without an entry asks for nothing. */
export const fieldsOf = (action: string, desk: RequestDesk, today: string): Field[] => table[action]?.(desk, today) ?? []

// Where on the page a step is taken: beside what it is about.
const places: Record<string, string[]> = {
  proposal: ['approve', 'decline'],
  signing: ['clear', 'endorse', 'sign', 'return'],
  draft: ['submit_answer', 'answer_at_once'],
  correction: ['correct', 'correct_late'],
  publication: ['propose_publication'],
}

/** choicesAt are the steps that are offered at a place of the page; 'desk' is all that has no other. */
export const choicesAt = (place: string, desk: RequestDesk) =>
  desk.choices.filter(({ do: what }) => (place === 'desk' ? !Object.values(places).flat().includes(what) : places[place]!.includes(what)))

/** What usually comes next in a state, to begin with. */
const usual: Record<string, string> = { submitted: 'register', third_party: 'record_opinion', consulting: 'record_opinion', answered: 'deliver', complained: 'decide' }

/** usualOf is the step that usually comes next, '' where none stands out. */
export function usualOf(desk: RequestDesk): string {
  const delivered = desk.steps.some(({ do: what }) => what === 'deliver')
  const next = usual[desk.state] ?? ''
  if (next === 'deliver' && delivered) return ''
  return choicesAt('desk', desk).some(({ do: what }) => what === next) ? next : ''
}
