import { conditionsIn, filterOf } from '../../page/caseFilter'

/** What the list shows. trouble: overdue, on_time, late; school: a code; from and to: days of issue. */
export type OrderFilter = typeof noFilter

export const { noFilter, filterFrom, queryOf, isNarrowed } = filterOf(['view', 'kind', 'state', 'trouble', 'school', 'source', 'ref', 'from', 'to', 'q'])

export const troubles = [
  ['overdue', '已经逾期'],
  ['on_time', '按期办结'],
  ['late', '逾期办结'],
] as const

/** conditionsOf is what the server is asked for, whatever the page. */
export function conditionsOf(filter: OrderFilter): Record<string, string> {
  const { trouble, state } = filter
  return conditionsIn(queryOf(filter), trouble === 'on_time' || trouble === 'late' || state === 'closed' || state === 'withdrawn')
}

/** askOf is what the server is asked for. */
export const askOf = (filter: OrderFilter, page: number, perPage: number): Record<string, string> => ({ ...conditionsOf(filter), page: String(page), per_page: String(perPage) })
