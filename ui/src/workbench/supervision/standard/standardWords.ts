import type { Fault, StandardColumn } from '../../../shared/api/standard.gen'
import { share } from '../figureWords'

/** What the fields of a column are called, in the order of the form; problems name them by these words. */
export const standardLabels: Record<string, string> = {
  version: '版本号', parent: '所属栏目组', kind: '栏目类型', stages: '适用学段', condition: '适用条件', tier: '设置要求', audience: '公开对象',
  freshness_days: '更新期限', min_items_per_year: '每年最少条数', disclose_within_workdays: '公开时限', retention_years: '保存年限',
  required_fields: '必填要素', description: '说明', review: '审核方式', moves: '沿革', effective_on: '施行日期', decision: '意见',
}

export const stateWords: Record<string, string> = { draft: '草案', released: '已发布，未施行', in_force: '现行', past: '已被替代' }
export const exemptionWords: Record<string, string> = { asked: '待批准', approved: '已批准', refused: '未批准', withdrawn: '已撤回', revoked: '已取消' }

/** ColumnForm is a column as people fill it in: what has no limit is an empty field. */
export interface ColumnForm {
  parent: string
  name: string
  kind: string
  audience: string
  stages: string[]
  ownership: string
  condition: string
  tier: number
  term_only: boolean
  freshness_days: string
  min_items_per_year: string
  disclose_within_workdays: string
  publicity_workdays: string
  retention_years: string
  required_fields: string
  basis: string
  description: string
  review: string
}

const limit = (n: number): string => (n < 0 ? '' : String(n))
const number = (text: string, otherwise: number): number => (text.trim() === '' ? otherwise : Number(text))

export function formOf(column: StandardColumn): ColumnForm {
  return {
    parent: column.parent, name: column.name, kind: column.kind, audience: column.audience, stages: [...column.stages], ownership: column.ownership,
    condition: column.condition, tier: column.tier || 3, term_only: column.term_only, freshness_days: limit(column.freshness_days),
    min_items_per_year: String(column.min_items_per_year), disclose_within_workdays: limit(column.disclose_within_workdays),
    publicity_workdays: limit(column.publicity_workdays), retention_years: String(column.retention_years),
    required_fields: column.required_fields.join('、'), basis: column.basis, description: column.description, review: column.review,
  }
}

export function emptyForm(parent: string, stages: readonly string[]): ColumnForm {
  return {
    parent, name: '', kind: 'list', audience: '全社会', stages: [...stages], ownership: '', condition: '', tier: 2, term_only: false, freshness_days: '365',
    min_items_per_year: '1', disclose_within_workdays: '20', publicity_workdays: '', retention_years: '10', required_fields: '标题、正文', basis: '', description: '', review: '',
  }
}

/** bodyOf is what is sent; a number that is none is sent as it is, and refused at its field. */
export function bodyOf(form: ColumnForm, isLeaf: boolean): Partial<StandardColumn> {
  if (!isLeaf) return { name: form.name, description: form.description }
  return {
    name: form.name, kind: form.kind, audience: form.audience, stages: form.stages, ownership: form.ownership, condition: form.condition,
    tier: Number(form.tier), mandatory: Number(form.tier) < 3, term_only: form.term_only, freshness_days: number(form.freshness_days, -1),
    min_items_per_year: number(form.min_items_per_year, 0), disclose_within_workdays: number(form.disclose_within_workdays, -1),
    publicity_workdays: number(form.publicity_workdays, -1), retention_years: number(form.retention_years, 0),
    required_fields: form.required_fields.split(/[、，,\s]+/).filter(Boolean), basis: form.basis, description: form.description, review: form.review,
  }
}

/** summaryOf says in a line what a column asks for. */
export function summaryOf(column: StandardColumn): string {
  const parts = [column.mandatory ? '必设' : '选设']
  if (column.stages.length < 8) parts.push(column.stages.join('、'))
  if (column.ownership) parts.push(column.ownership)
  parts.push(column.freshness_days < 0 ? '发生时公开' : `${column.freshness_days} 天内更新${column.term_only ? '（寒暑假不计）' : ''}`)
  if (column.min_items_per_year > 0) parts.push(`每年至少 ${column.min_items_per_year} 条`)
  if (column.disclose_within_workdays >= 0) parts.push(`${column.disclose_within_workdays} 个工作日内公开`)
  return parts.join('，')
}

/** placeOf says where a fault is. */
export const placeOf = (fault: Fault): string => [fault.school, fault.code, fault.field && (standardLabels[fault.field] ?? '')].filter(Boolean).join(' ')

/** metShare is how much of the columns meets the standard; — where there is nothing to meet. */
export const metShare = (ratio: { met: number; of: number } | null): string => (ratio ? share({ part: ratio.met, whole: ratio.of }) : '—')
