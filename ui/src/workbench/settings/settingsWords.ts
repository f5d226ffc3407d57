import type { TermsSetting } from '../../shared/api/schema.gen'

export const tabs = [
  { id: 'terms', text: '办理期限' },
  { id: 'remedies', text: '救济途径' },
  { id: 'templates', text: '文书模板' },
  { id: 'calendar', text: '节假日安排' },
  { id: 'district', text: '其他设置' },
] as const

export type TabId = (typeof tabs)[number]['id']

/** tabOf is the tab that an address names: the first one a person may see if it names none. */
export function tabOf(query: unknown, maySet: boolean): TabId {
  if (!maySet) return 'calendar'
  return tabs.find(({ id }) => id === query)?.id ?? 'terms'
}

export const states: Record<string, { word: string; look: string }> = {
  coming: { word: '尚未适用', look: 'is-care' },
  in_force: { word: '现行', look: 'is-good' },
  replaced: { word: '已被替代', look: 'is-plain' },
}

export const remedyNames: Record<string, string> = { appeal: '申请人的救济途径', third_party: '第三方的救济途径' }

/** Periods in working days, and what the law or the house says of them. */
export const periods = [
  { field: 'answer', label: '答复期限', hint: '条例第三十三条：自收到申请之日起 20 个工作日。' },
  { field: 'extend', label: '延长答复期限，最多', hint: '条例第三十三条：最长 20 个工作日，只能延长一次。' },
  { field: 'correction_notice', label: '告知补正', hint: '条例第三十条：自收到申请之日起 7 个工作日内一次性告知。' },
  { field: 'correction', label: '补正期限，通常', hint: '告知书没有另写时使用。' },
  { field: 'correction_min', label: '补正期限，最短', hint: '条例第三十条：合理的补正期限。' },
  { field: 'correction_max', label: '补正期限，最长', hint: '' },
  { field: 'third_party', label: '第三方提出意见', hint: '条例第三十二条：自收到征求意见书之日起 15 个工作日。' },
  { field: 'other_organ', label: '其他单位提出意见', hint: '条例第三十四条：15 个工作日。' },
  { field: 'confirm', label: '系统自动确认收到', hint: '网上申请提交后没有人确认的，到这个期限由系统确认。' },
  { field: 'archive', label: '答复后多久可以归档', hint: '' },
  { field: 'supplement', label: '补充答复', hint: '' },
] as const

export const alarms = [
  { field: 'yellow', label: '黄色预警', hint: '剩余工作日不多于这个数。' },
  { field: 'orange', label: '橙色预警', hint: '剩余工作日不多于这个数。' },
  { field: 'red', label: '红色预警', hint: '剩余工作日少于这个数。填 0 就是逾期以后。' },
] as const

export type TermsForm = Record<string, string>

/** termsForm begins from the periods in force, with tomorrow as the first day. */
export function termsForm(inForce: TermsSetting | undefined, today: string): TermsForm {
  const form: TermsForm = { valid_from: nextDay(today), note: '' }
  for (const { field } of [...periods, ...alarms]) form[field] = String(inForce?.periods[field] ?? '')
  return form
}

/** termsBody is the record that a form becomes; what is no number becomes one that is refused. */
export function termsBody(form: TermsForm): Record<string, string | number> {
  const body: Record<string, string | number> = { valid_from: form.valid_from ?? '', note: (form.note ?? '').trim() }
  for (const { field } of [...periods, ...alarms]) {
    const text = (form[field] ?? '').trim()
    body[field] = /^\d{1,4}$/.test(text) ? Number(text) : -1
  }
  return body
}

/** nextDay is the day after a date written as 2026-11-23. */
export function nextDay(date: string): string {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + 1)
  return day.toISOString().slice(0, 10)
}

/** Labels of the fields, for the summary of what has to be mended. */
export const settingLabels: Record<string, string> = {
  ...Object.fromEntries([...periods, ...alarms].map(({ field, label }) => [field, label])),
  key: '适用于',
  text: '文字',
  confirmed: '请确认',
  kind: '文书',
  foi_mode: '依申请公开的方式',
  letter_word: '区的代字',
  bureau_name: '主管部门名称',
  foi_purge_days: '个人信息保存天数',
}
