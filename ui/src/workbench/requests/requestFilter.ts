import { conditionsIn, filterOf } from '../page/caseFilter'

/** What the list shows. school: a code; from and to: days of receipt. */
export type RequestFilter = typeof noFilter

export const { noFilter, filterFrom, queryOf, isNarrowed } = filterOf(['view', 'state', 'level', 'channel', 'outcome', 'school', 'from', 'to', 'q', 'sort'])

/** askOf is what the server is asked for. */
export const askOf = (filter: RequestFilter, page: number, perPage: number): Record<string, string> => ({
  ...conditionsIn(queryOf(filter)),
  sort: filter.sort || (filter.view === 'all' ? '-submitted' : 'due'),
  page: String(page),
  per_page: String(perPage),
})
