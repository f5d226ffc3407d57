/** What the list shows; it lives in the address, so that "back" and bookmarks work. */
export interface InquiryFilter {
  view: string // mine, all; '' is what still waits for an answer
  state: string
  channel: string
  category: string
  unit: string // code
  trouble: string // overdue, low
  rating: string
  from: string // day of the letter
  to: string
  q: string
  sort: string
}

const names = ['view', 'state', 'channel', 'category', 'unit', 'trouble', 'rating', 'from', 'to', 'q', 'sort'] as const
export const noFilter: InquiryFilter = { view: '', state: '', channel: '', category: '', unit: '', trouble: '', rating: '', from: '', to: '', q: '', sort: '' }

export const views = [
  { value: 'mine', label: '等我办理' },
  { value: '', label: '未办结' },
  { value: 'all', label: '全部' },
]

export const troubles = [
  { value: 'overdue', label: '已经逾期' },
  { value: 'low', label: '差评还没有办结' },
]

const trimmed = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** filterFrom reads a filter from an address or a form. */
export const filterFrom = (query: Partial<Record<string, unknown>>): InquiryFilter => Object.assign({}, noFilter, ...names.map((name) => ({ [name]: trimmed(query[name]) })))

/** queryOf is the address of a page of a filtered list; what is empty is left out. */
export function queryOf(filter: InquiryFilter, page = 1): Record<string, string> {
  const query: Record<string, string> = {}
  for (const name of names) {
    const value = trimmed(filter[name])
    if (value) query[name] = value
  }
  if (page > 1) query.page = String(page)
  return query
}

/** askOf is what the server is asked for. */
export function askOf(filter: InquiryFilter, page: number, perPage: number): Record<string, string> {
  const { view, sort, trouble, ...conditions } = queryOf(filter)
  return {
    ...conditions,
    ...(trouble && { [trouble]: '1' }),
    ...(view === 'mine' && { mine: '1' }),
    ...(view !== 'mine' && view !== 'all' && { open: '1' }),
    sort: sort || (view === 'all' ? '-submitted' : 'due'),
    page: String(page),
    per_page: String(perPage),
  }
}

/** isNarrowed: conditions beside the view and the order leave something out. */
export const isNarrowed = (filter: InquiryFilter): boolean => names.some((name) => name !== 'view' && name !== 'sort' && filter[name] !== '')

/** isDeep: a condition is set that a small screen folds away. */
export const isDeep = ({ channel, category, rating, from, to, sort }: InquiryFilter): boolean => Boolean(channel || category || rating || from || to || sort)
