/** What the list shows; it lives in the address, so that "back", bookmarks and links from figures work. */
export interface OrderFilter {
  view: string // mine, all; '' is what is not finished
  kind: string
  state: string
  trouble: string // overdue, on_time, late
  school: string // code
  source: string
  ref: string
  from: string // day of issue
  to: string
  q: string
}

const names = ['view', 'kind', 'state', 'trouble', 'school', 'source', 'ref', 'from', 'to', 'q'] as const
export const noFilter: OrderFilter = { view: '', kind: '', state: '', trouble: '', school: '', source: '', ref: '', from: '', to: '', q: '' }

export const views = [
  { value: 'mine', label: '等我办理' },
  { value: '', label: '未办结' },
  { value: 'all', label: '全部' },
]

export const troubles = [
  { value: 'overdue', label: '已经逾期' },
  { value: 'on_time', label: '按期办结' },
  { value: 'late', label: '逾期办结' },
]

const trimmed = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** filterFrom reads a filter from an address or a form. */
export const filterFrom = (query: Partial<Record<string, unknown>>): OrderFilter => Object.assign({}, noFilter, ...names.map((name) => ({ [name]: trimmed(query[name]) })))

/** queryOf is the address of a page of a filtered list; what is empty is left out. */
export function queryOf(filter: OrderFilter, page = 1): Record<string, string> {
  const query: Record<string, string> = {}
  for (const name of names) {
    const value = trimmed(filter[name])
    if (value) query[name] = value
  }
  if (page > 1) query.page = String(page)
  return query
}

/** conditionsOf is what the server is asked for, whatever the page. What is finished is in no view of what is not. */
export function conditionsOf(filter: OrderFilter): Record<string, string> {
  const { view, trouble, ...conditions } = queryOf(filter)
  const finished = trouble === 'on_time' || trouble === 'late' || filter.state === 'closed' || filter.state === 'withdrawn'
  return {
    ...conditions,
    ...(trouble && { [trouble]: '1' }),
    ...(view === 'mine' && { mine: '1' }),
    ...(!view && !finished && { open: '1' }),
  }
}

/** askOf is what the server is asked for. */
export const askOf = (filter: OrderFilter, page: number, perPage: number): Record<string, string> => ({ ...conditionsOf(filter), page: String(page), per_page: String(perPage) })

/** isNarrowed: conditions beside the view leave something out. */
export const isNarrowed = (filter: OrderFilter): boolean => names.some((name) => name !== 'view' && filter[name] !== '')
