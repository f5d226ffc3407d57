import type { OrderCounts } from '../../../shared/api/orders.gen'

/** levelLook is the lamp of a level: a talk looks overdue. */
export const levelLook = (level: string): string => (level === 'talk' ? 'red' : level)

/** doneWords say that a step was taken. */
export const doneWords: Record<string, string> = {
  acknowledge: '已签收。', ask_extension: '已申请延期。', grant_extend: '已同意延期。', decline_extend: '已决定不延期。', submit: '已报送，等待验收。',
  return: '已退回整改。', close: '已验收通过，这件督办办结。', withdraw: '已撤销。', talk: '已记录约谈。',
}

/** progressWord says how far the schools of an order are. */
export function progressWord(counts: OrderCounts): string {
  const words: [number, string][] = [
    [counts.issued, '待签收'], [counts.acknowledged, '办理中'], [counts.submitted, '待验收'], [counts.returned, '退回整改'], [counts.closed, '已办结'], [counts.withdrawn, '已撤销'],
  ]
  return words.filter(([n]) => n > 0).map(([n, word]) => `${word} ${n}`).join('，')
}

/** dueAfter is the day that a number of working days leads to; days holds that of each number, from 1. */
export const dueAfter = (days: readonly string[], n: number): string => (Number.isInteger(n) ? (days[n - 1] ?? '') : '')

/** orderLabels are the labels of the fields of an order and of the steps on it. */
export const orderLabels = { kind: '种类', title: '事由', text: '要求', days: '期限（工作日）', schools: '学校', source: '来源', ref: '由哪一件引起', reason: '内容', on: '日期' }
