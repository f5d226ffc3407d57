/** What of a change set is looked at. */
export interface LinesAsk {
  kind: string
  field: string
  q: string
  view: '' | 'all' // '' are those that wait
  page: number
}

const word = (value: unknown): string => (typeof value === 'string' ? value : '')

export const askFrom = (query: Partial<Record<string, unknown>>): LinesAsk => ({
  kind: word(query.kind), field: word(query.field), q: word(query.q), view: query.view === 'all' ? 'all' : '', page: Math.max(1, Number.parseInt(word(query.page), 10) || 1),
})

/** queryOf is the address of what is looked at; what is usual is not in it. */
export const queryOf = ({ kind, field, q, view, page }: LinesAsk): Record<string, string> =>
  Object.fromEntries(Object.entries({ kind, field, q, view, page: page > 1 ? String(page) : '' }).filter(([, value]) => value !== ''))

export const perPage = 50

/** wireOf is what the server is asked. */
export const wireOf = ({ kind, field, q, view, page }: LinesAsk): Record<string, string> => ({ kind, field, q, ...(view === '' && { asks: '1' }), page: String(page), per_page: String(perPage) })
