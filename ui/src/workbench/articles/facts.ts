import type { DeskColumn, FactRow } from '../types'

/** isTabular columns are written as named fields, one or several rows. */
export const isTabular = (column: Pick<DeskColumn, 'kind'>): boolean => ['structured', 'qa', 'attachment'].includes(column.kind)

export const emptyRow = (names: string[]): FactRow => Object.fromEntries(names.map((name) => [name, '']))

/** rowsToShow gives every row all names, keeps names the standard has dropped since, and begins with one row. */
export function rowsToShow(rows: FactRow[] | null, names: string[]): FactRow[] {
  const shown = (Array.isArray(rows) ? rows : []).map((row) => ({ ...emptyRow(names), ...row }))
  return shown.length > 0 ? shown : [emptyRow(names)]
}

/** written gives the names in which something is written, in a given order. */
const written = (row: FactRow, names: string[]): [string, string][] =>
  names.map((name): [string, string] => [name, (row[name] ?? '').trim()]).filter(([, value]) => value !== '')

/** rowsToSave leaves out rows in which nothing is written. Names are sorted, as the server gives them back, so that equal rows compare equal. */
export function rowsToSave(rows: FactRow[]): FactRow[] {
  return rows.map((row) => Object.fromEntries(written(row, Object.keys(row).sort()))).filter((row) => Object.keys(row).length > 0)
}

/** pairsToRead gives one row in the order of the standard, leaving out what is empty. */
export const pairsToRead = (row: FactRow, names: string[]): [string, string][] => written(row, Object.keys({ ...emptyRow(names), ...row }))

/** isDay: what is written as a day. Elsewhere a date may be a period, or words. */
export const isDay = (name: string, kind: string): boolean => kind === 'qa' && name === '核对日期'

/** isLong names are written in a larger box. */
export const isLong = (name: string): boolean => /说明|流程|条件|材料|安排|内容|职能|分管|答复|问题|依据|规则|办法|程序|沿革|结构|条目|渠道|方案|菜品|原料|范围|情况|时间|要求/.test(name)

/** optionalNames may be written beside those the standard asks for. */
export const optionalNames = (column: string): string[] => (['B0101', 'B0201'].includes(column) ? ['负责部门'] : [])

const hints: Record<string, string> = {
  办理流程: '一行一步，公开时自动编号。',
  办理材料: '一行一项。',
  关联事项: '与办事指南的“事项名称”写得一样，公开页面会互相链接；多个事项用顿号隔开。',
  负责部门: '写部门，不写个人姓名。',
}

const calendarHints: Record<string, string> = {
  起止日期: '写成“2026-09-01至2027-01-20”。',
  放假安排: '一行一项，写成“2026-09-01 开学”或“2026-10-01至2026-10-07 国庆节放假”，家长可以订阅；其他文字原样显示。',
}

/** hintOf says how a field is written where it is drawn as more than text. */
export const hintOf = (column: string, name: string): string => (column === 'B0102' ? calendarHints[name] : undefined) ?? hints[name] ?? ''
