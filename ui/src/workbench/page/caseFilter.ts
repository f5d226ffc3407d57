/** The views of a list of cases; '' is what is not finished. */
export const views = [
  { value: 'mine', label: '等我办理' },
  { value: '', label: '未办结' },
  { value: 'all', label: '全部' },
]

const trimmed = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** filterOf is the filter of a list by its names. It lives in the address, so that "back", bookmarks and links from figures work. */
export function filterOf<Name extends string>(names: readonly Name[]) {
  type Filter = Record<Name, string>

  /** filterFrom reads a filter from an address or a form. */
  const filterFrom = (query: Partial<Record<string, unknown>>): Filter => Object.assign({}, ...names.map((name) => ({ [name]: trimmed(query[name]) })))

  /** queryOf is the address of a page of a filtered list; what is empty is left out. */
  const queryOf = (filter: Filter, page = 1): Record<string, string> => ({
    ...Object.fromEntries(names.map((name) => [name, trimmed(filter[name])] as const).filter(([, value]) => value !== '')),
    ...(page > 1 && { page: String(page) }),
  })

  /** isNarrowed: conditions beside the view and the order leave something out. */
  const isNarrowed = (filter: Filter): boolean => names.some((name) => name !== 'view' && name !== 'sort' && filter[name] !== '')

  return { noFilter: filterFrom({}), filterFrom, queryOf, isNarrowed }
}

/** conditionsIn is what an address asks the server for, whatever page and order. What is finished is in no view of what is not. */
export function conditionsIn(query: Record<string, string>, isFinished = false): Record<string, string> {
  const { view, trouble, ...conditions } = query
  delete conditions.sort
  return {
    ...conditions,
    ...(trouble && { [trouble]: '1' }),
    ...(view === 'mine' && { mine: '1' }),
    ...(view !== 'mine' && view !== 'all' && !isFinished && { open: '1' }),
  }
}
