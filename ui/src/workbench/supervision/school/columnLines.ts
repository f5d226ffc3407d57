import type { ColumnMark, ColumnToday } from '../../../shared/api/supervision.gen'

/** A ColumnLine is a column of a school, as it is now or as a snapshot has it. */
export interface ColumnLine {
  code: string
  name: string
  group: string
  need: string // 必设, 选设, 豁免
  lacks: string[]
  counted: boolean
  met: boolean
  items: string
  fresh: string
  late: number
}

type Marks = Pick<ColumnToday, 'exists' | 'filled' | 'fresh' | 'enough' | 'mandatory' | 'exempt'>

/** lacksOf says what a column lacks; what is missing or blank is not also called stale. */
export function lacksOf({ exists, filled, fresh, enough }: Marks): string[] {
  if (!exists) return ['缺失']
  if (!filled) return ['空白']
  return [...(fresh ? [] : ['更新超期']), ...(enough ? [] : ['数量不足'])]
}

const needOf = ({ mandatory, exempt }: Marks) => (exempt ? '豁免' : mandatory ? '必设' : '选设')

/** linesToday are the columns as they are now. */
export const linesToday = (columns: readonly ColumnToday[]): ColumnLine[] =>
  columns.map((column) => ({
    code: column.code, name: column.name, group: column.group, need: needOf(column), lacks: lacksOf(column), counted: column.mandatory && !column.exempt, met: column.met,
    items: column.written ? `${column.items} 条；今年 ${column.this_year} 条${column.needed > 0 ? `，应有 ${column.needed} 条` : ''}` : '由系统更新',
    fresh: [column.newest, column.fresh_until && `到期 ${column.fresh_until}`].filter(Boolean).join('，'),
    late: column.late,
  }))

/** linesOfDay are the columns as a snapshot has them. */
export const linesOfDay = (columns: readonly ColumnMark[]): ColumnLine[] =>
  columns.map((column) => ({
    code: column.code, name: column.name, group: column.group_name, need: needOf(column), lacks: lacksOf(column), counted: column.mandatory && !column.exempt, met: column.met, items: '', fresh: '', late: 0,
  }))

/** groupOf is the group that a column belongs to, by its code. */
export const groupOf = (code: string): string => code.slice(0, 3)
