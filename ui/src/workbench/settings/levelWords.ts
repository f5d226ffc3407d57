import type { InquiryLevelsRecord } from '../../shared/api/schema.gen'

/** What the form of a service level holds, as it is typed. */
export interface LevelForm {
  channel: string
  valid_from: string
  accept: string
  reply: string
  extend: string
  complex: string
  closed: boolean
  notice: string
}

/** levelForm is a form with the ordinary periods. */
export const levelForm = (): LevelForm => ({ channel: 'consultation', valid_from: '', accept: '1', reply: '5', extend: '5', complex: '0', closed: false, notice: '' })

export const levelPeriods = [
  { field: 'accept', label: '受理', hint: '几个工作日内决定是否受理；0 是当天。' },
  { field: 'reply', label: '答复', hint: '几个工作日内答复。' },
  { field: 'extend', label: '延期至多', hint: '只能延期一次；0 是不能延期。' },
  { field: 'complex', label: '复杂事项延期至多', hint: '由校长决定；0 是与一般延期相同。' },
] as const

/** levelBody is the form as it is sent; what is no number is -1, which is refused. */
export function levelBody(form: LevelForm): Record<string, string | number | boolean> {
  const number = (text: string) => (/^\d+$/.test(text.trim()) ? Number(text) : -1)
  const { channel, valid_from, closed, notice } = form
  const periods = Object.fromEntries(levelPeriods.map(({ field }) => [field, number(form[field])]))
  return { channel, valid_from, closed, notice: notice.trim(), ...(closed ? {} : periods) }
}

/** levelWords is a service level in words. */
export function levelWords(level: InquiryLevelsRecord): string {
  if (level.closed) return '暂停'
  const extension = level.extend > 0 ? `，可延期 ${level.extend} 个${level.complex > level.extend ? `（复杂事项 ${level.complex} 个）` : ''}` : '，不能延期'
  return `${level.accept === 0 ? '当天' : `${level.accept} 个工作日内`}受理，${level.reply} 个工作日内答复${extension}`
}
