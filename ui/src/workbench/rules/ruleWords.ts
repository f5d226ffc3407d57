import type { ReviewRulesRecord } from '../../shared/api/schema.gen'
import type { Group } from '../../shared/api/open'

type Rule = ReviewRulesRecord
type Scope = Pick<Rule, 'column' | 'valid_from'> & { stage: string; ownership: string }

export const stages = ['幼儿园', '小学', '初中', '高中', '九年一贯制', '十二年一贯制', '完全中学', '特殊教育', '中等职业']
export const ownerships = ['公办', '民办']

/** A new rule as the form has it; 'all' stands for every one of them. */
export interface RuleForm {
  column: string
  stage: string
  ownership: string
  form: Rule['form'] | ''
  workdays: string
  valid_from: string
  reason: string
}

export const all = 'all'
export const emptyForm = (today: string): RuleForm => ({ column: all, stage: all, ownership: all, form: '', workdays: '2', valid_from: today, reason: '' })

const open = (value: string) => (value === all ? '' : value)

/** bodyOf is the record that a form becomes. */
export const bodyOf = (form: RuleForm) => ({
  ...form, column: open(form.column), stage: open(form.stage), ownership: open(form.ownership), workdays: Number(form.workdays), reason: form.reason.trim(),
})

/** columnWords names a column, a group of columns, or all of them. */
export function columnWords(code: string, groups: readonly Group[]): string {
  if (!code) return '全部栏目'
  for (const group of groups) {
    if (group.code === code) return `${group.name}（整组 ${code}）`
    const column = group.columns.find((one) => one.code === code)
    if (column) return `${column.name}（${code}）`
  }
  return code.length > 1 ? code : `${code} 类全部栏目`
}

const sameScope = (a: Scope, b: Scope) => a.column === b.column && a.stage === b.stage && a.ownership === b.ownership

export type RuleState = 'future' | 'in_force' | 'replaced'

/** stateOf says whether a rule holds today: the newest of the same scope does. */
export function stateOf(rule: Scope, rules: readonly Scope[], today: string): RuleState {
  if (rule.valid_from > today) return 'future'
  const isReplaced = rules.some((other) => sameScope(other, rule) && other.valid_from > rule.valid_from && other.valid_from <= today)
  return isReplaced ? 'replaced' : 'in_force'
}

/** inOrder puts what is most general first, and of one scope the newest. */
export const inOrder = (a: Scope, b: Scope): number =>
  a.column.localeCompare(b.column) || a.stage.localeCompare(b.stage) || a.ownership.localeCompare(b.ownership) || b.valid_from.localeCompare(a.valid_from)

/** faultsOf says what is missing in a form, by field. */
export function faultsOf(form: RuleForm, rules: readonly Scope[], today: string): { field: string; message: string }[] {
  const faults = []
  if (!form.form) faults.push({ field: 'form', message: '请选择审核方式' })
  const days = Number(form.workdays)
  if (!Number.isInteger(days) || days < 1 || days > 20) faults.push({ field: 'workdays', message: '填写 1 至 20 个工作日' })
  if (!/^\d{4}-\d{2}-\d{2}$/.test(form.valid_from)) faults.push({ field: 'valid_from', message: '请选择从哪一天起生效' })
  else if (form.valid_from < today) faults.push({ field: 'valid_from', message: '不能早于今天：已经办理的不受新规则影响' })
  else if (rules.some((rule) => sameScope(rule, bodyOf(form)) && rule.valid_from === form.valid_from)) {
    faults.push({ field: 'valid_from', message: '同样的范围已有从这一天起生效的规则，请换一天' })
  }
  return faults
}
