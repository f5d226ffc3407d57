import type { SearchQuery } from '../shared/api/open'
import type { Kind } from './visit'

// The names that a page's query string may have; the open data uses the same.
const filters: Partial<Record<Kind, readonly string[]>> = {
  schools: ['q', 'stage', 'town', 'ownership', 'status'],
  column: ['page'],
  article: ['file'],
  search: ['q', 'school', 'stage', 'column', 'from', 'to', 'first', 'page'],
}

// The channels of letters, by the last part of their pages' addresses.
const channelOfPage: Readonly<Record<string, string>> = { ask: 'consultation', mailbox: 'mailbox', correct: 'erratum', appeal: 'appeal' }

type Values = Readonly<Record<string, unknown>>

// openAddress is where the open data has what a page shows.
export function openAddress(kind: Kind, params: Values, query: Values): string {
  const part = (name: string) => encodeURIComponent(first(params[name]))
  const channel = channelOfPage[first(params.way)] ?? ''
  const paths: Partial<Record<Kind, string>> = {
    home: '/open/v1/district',
    schools: '/open/v1/schools',
    school: `/open/v1/schools/${part('school')}`,
    column: `/open/v1/schools/${part('school')}/columns/${part('column')}`,
    article: `/open/v1/articles/${part('id')}`,
    apply: `/open/v1/schools/${part('school')}`, // shows less of it
    letter: params.school ? `/open/v1/schools/${part('school')}/channels/${channel}` : `/open/v1/channels/${channel}`,
    search: '/open/v1/search',
    sitemap: '/open/v1/columns',
    privacy: '/open/v1/columns',
    figures: '/open/v1/figures',
  }
  const pairs = (filters[kind] ?? []).map((name): [string, string] => [name, first(query[name])])
  return withQuery(paths[kind] ?? '/open/v1/district', pairs)
}

// formAddress is where a form that is sent with GET leads, without the fields
// that were left empty.
export function formAddress(form: HTMLFormElement): string {
  const pairs: [string, string][] = []
  new FormData(form).forEach((value, name) => {
    if (typeof value === 'string') pairs.push([name, value.trim()])
  })
  return withQuery(new URL(form.action, location.href).pathname, pairs)
}

// searchAddress is one page of the same search. The template search.html writes
// the same address.
export function searchAddress(query: SearchQuery, page: number): string {
  const { q, school, stage, column, from, to } = query
  return withQuery('/search', Object.entries({ page: String(page), q, school, stage, column, from, to }))
}

// isAsked tells a search from the empty form.
export function isAsked(query: SearchQuery): boolean {
  return Boolean(query.q || query.school || query.stage || query.column || query.from || query.to)
}

function withQuery(path: string, pairs: [string, string][]): string {
  const query = pairs
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
  return query ? `${path}?${query}` : path
}

function first(value: unknown): string {
  const one: unknown = Array.isArray(value) ? value[0] : value
  return typeof one === 'string' ? one : ''
}
