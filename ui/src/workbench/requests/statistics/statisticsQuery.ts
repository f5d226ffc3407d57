import type { RowView, StatisticsView } from '../../../shared/api/requests.gen'

/** What the page shows; it lives in the address. */
export interface StatisticsAsk {
  from: string // '' is 1 January of this year
  to: string // '' is 31 December of this year
  school: string // code; '' is one's own, or the whole district
  figure: string // whose cases are listed: r03c7 of table 3, complaint.3 of table 4; '' is none
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** askFrom reads an address. */
export const askFrom = (query: Partial<Record<string, unknown>>): StatisticsAsk => ({
  from: text(query.from),
  to: text(query.to),
  school: text(query.school),
  figure: text(query.figure),
})

/** queryOf is the address of what is asked for; what is empty is left out. */
export const queryOf = (ask: Partial<StatisticsAsk>): Record<string, string> =>
  Object.fromEntries(Object.entries(ask).filter(([, value]) => value !== ''))

/** yearPeriod is 1 January to 31 December. */
export const yearPeriod = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31` })

/** yearOf is the year that a period is, 0 if it is none. */
export function yearOf(from: string, to: string): number {
  const year = Number.parseInt(from.slice(0, 4), 10)
  return from === `${year}-01-01` && to === `${year}-12-31` ? year : 0
}

/** faultOf tells why a period is none; '' if nothing is wrong with it. */
export function faultOf(from: string, to: string): string {
  if (!from || !to) return '请填写开始日期和结束日期'
  return from > to ? '结束日期不能早于开始日期' : ''
}

/** periodName is a period in words. */
export const periodName = ({ from, to }: { from: string; to: string }): string => (yearOf(from, to) ? `${yearOf(from, to)} 年` : `${from} 至 ${to}`)

/** rowName is the whole name of a line of a table. */
export const rowName = (row: RowView): string => [row.group || (row.label ? '' : row.section), row.label].filter(Boolean).join(' ')

/** figureName says in words which figure is asked for; '' if there is no such figure. */
export function figureName(figure: string, view: StatisticsView): string {
  const third = /^(r\d\d)c(\d)$/.exec(figure)
  const fourth = /^([a-z_]+)\.(\d)$/.exec(figure)
  const [, id, column] = third ?? fourth ?? []
  const table = third ? view.table3 : view.table4
  const row = table.rows.find((line) => line.id === id)
  const head = table.heads[Number(column) - 1]
  return row && head ? `${rowName(row)}：${head}` : ''
}

/** share is a part in whole percent; '' of nothing. */
export const share = (part: number, whole: number): string => (whole > 0 ? `${Math.round((100 * part) / whole)}%` : '')
