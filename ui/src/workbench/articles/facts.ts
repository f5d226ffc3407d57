import type { DeskColumn, FactRow } from '../types'

/** isTabular columns are written as named fields, one or several rows. */
export const isTabular = (column: Pick<DeskColumn, 'kind'>): boolean => ['structured', 'qa', 'attachment'].includes(column.kind)

export const emptyRow = (names: string[]): FactRow => Object.fromEntries(names.map((name) => [name, '']))

/** rowsToShow gives every row all names, keeps names the standard has dropped since, and begins with one row. */
export function rowsToShow(rows: FactRow[] | null, names: string[]): FactRow[] {
  const shown = (Array.isArray(rows) ? rows : []).map((row) => ({ ...emptyRow(names), ...row }))
  return shown.length > 0 ? shown : [emptyRow(names)]
}

/** rowsToSave leaves out rows in which nothing is written. */
export function rowsToSave(rows: FactRow[]): FactRow[] {
  return rows
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value)))
    .filter((row) => Object.keys(row).length > 0)
}

/** isLong names are written in a larger box. */
export const isLong = (name: string): boolean => /说明|流程|条件|材料|安排|内容|职能|分管|答复|问题|依据|规则|办法|程序|沿革|结构|条目|渠道|方案|菜品|原料|范围|情况|时间|要求/.test(name)
