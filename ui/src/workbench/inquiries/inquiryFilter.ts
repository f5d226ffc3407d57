import { conditionsIn, filterOf } from '../page/caseFilter'

/** What the list shows. unit: a code; trouble: overdue, low; from and to: days of the letter. */
export type InquiryFilter = typeof noFilter

export const { noFilter, filterFrom, queryOf, isNarrowed } = filterOf(['view', 'state', 'channel', 'category', 'unit', 'trouble', 'rating', 'from', 'to', 'q', 'sort'])

export const troubles = [
  ['overdue', '已经逾期'],
  ['low', '差评还没有办结'],
] as const

/** askOf is what the server is asked for. */
export const askOf = (filter: InquiryFilter, page: number, perPage: number): Record<string, string> => ({
  ...conditionsIn(queryOf(filter)),
  sort: filter.sort || (filter.view === 'all' ? '-submitted' : 'due'),
  page: String(page),
  per_page: String(perPage),
})
