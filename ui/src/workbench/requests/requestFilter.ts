/** What the list shows; it lives in the address, so that "back" and bookmarks work. */
export interface RequestFilter {
  view: string // mine, all; '' is what still waits for an answer
  state: string
  level: string
  channel: string
  outcome: string
  school: string // code
  from: string // day of receipt
  to: string
  q: string
  sort: string
}

const names = ['view', 'state', 'level', 'channel', 'outcome', 'school', 'from', 'to', 'q', 'sort'] as const
export const noFilter: RequestFilter = { view: '', state: '', level: '', channel: '', outcome: '', school: '', from: '', to: '', q: '', sort: '' }

export const views = [
  { value: 'mine', label: '等我办理' },
  { value: '', label: '未办结' },
  { value: 'all', label: '全部' },
]

export const sorts = [
  { value: '', label: '期限近的在前' },
  { value: '-submitted', label: '最近提交的在前' },
  { value: '-received', label: '最近收到的在前' },
  { value: 'number', label: '按编号' },
]

const trimmed = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** filterFrom reads a filter from an address or a form. */
export const filterFrom = (query: Partial<Record<string, unknown>>): RequestFilter => Object.assign({}, noFilter, ...names.map((name) => ({ [name]: trimmed(query[name]) })))

/** queryOf is the address of a page of a filtered list; what is empty is left out. */
export function queryOf(filter: RequestFilter, page = 1): Record<string, string> {
  const query: Record<string, string> = {}
  for (const name of names) {
    const value = trimmed(filter[name])
    if (value) query[name] = value
  }
  if (page > 1) query.page = String(page)
  return query
}

/** askOf is what the server is asked for. */
export function askOf(filter: RequestFilter, page: number, perPage: number): Record<string, string> {
  const { view, sort, ...conditions } = queryOf(filter)
  return {
    ...conditions,
    ...(view === 'mine' && { mine: '1' }),
    ...(view !== 'mine' && view !== 'all' && { open: '1' }),
    sort: sort || (view === 'all' ? '-submitted' : 'due'),
    page: String(page),
    per_page: String(perPage),
  }
}

/** isNarrowed: conditions beside the view and the order leave something out. */
export const isNarrowed = (filter: RequestFilter): boolean => names.some((name) => name !== 'view' && name !== 'sort' && filter[name] !== '')

/** isDeep: a condition is set that a small screen folds away. */
export const isDeep = ({ channel, outcome, from, to, sort }: RequestFilter): boolean => Boolean(channel || outcome || from || to || sort)
