import type { Field } from './fields'

// How an application came decides which day counts as the day of receipt
// (条例第三十一条), and so which days are asked for.
type Rule = 'submission' | 'signature' | 'call' | 'confirmation'

const rules: Record<string, Rule> = {
  online: 'confirmation', counter: 'submission', email: 'confirmation', post: 'call', signed_post: 'signature', telegram: 'call', fax: 'confirmation', oral: 'submission',
  other_channel: 'call',
}

/** needsConfirmation: the day of receipt is the day it was confirmed with the applicant, which may still lie ahead. */
export const needsConfirmation = (channel: string): boolean => rules[channel] === 'call' || rules[channel] === 'confirmation'

const about: Record<Rule, string> = {
  submission: '当面、口头提出的，以提交的当天为收到日。',
  signature: '挂号信、快递，以学校签收的当天为收到日。',
  call: '平信等不需要签收的，收到当天与申请人确认，以确认的当天为收到日。',
  confirmation: '以双方确认的当天为收到日；到下一个工作日结束没有确认的，视为那一天收到。',
}

/** ruleWord says which day counts. */
export const ruleWord = (channel: string): string => (rules[channel] ? about[rules[channel]] : '')

/** arrivalFields are what is asked to find the day of receipt; known is false while the applicant was not reached. */
export function arrivalFields(channel: string, today: string, known = true): Field[] {
  const arrived: Field = { name: 'arrived', label: '申请到达的日期', kind: 'day', value: today, hint: '收到信件、邮件、传真的当天' }
  const confirmed: Field = { name: 'confirmed', label: '与申请人确认的日期', kind: 'day', value: today }
  switch (rules[channel]) {
    case 'submission':
      return [{ ...arrived, label: '提交申请的日期', hint: '' }]
    case 'signature':
      return [
        { name: 'signed_on', label: '签收的日期', kind: 'day', value: today },
        { name: 'tracking', label: '邮件号码', kind: 'line', hint: '挂号或者快递单上的号码', max: 50 },
        { name: 'signer', label: '签收人', kind: 'line', max: 50 },
      ]
    case 'call':
      return known ? [arrived, confirmed, { name: 'call_log', label: '确认情况', kind: 'text', hint: '打的什么电话、谁接的；没有当天联系上的，写明原因', max: 500 }] : [arrived]
    case 'confirmation': {
      const log: Field = { name: 'call_log', label: '没有及时联系上的原因', kind: 'text', optional: true, max: 500 }
      if (channel === 'online') return [confirmed]
      return known ? [arrived, confirmed, log] : [arrived]
    }
    default:
      return []
  }
}
