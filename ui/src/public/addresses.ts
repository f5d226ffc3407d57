import type { SearchQuery } from '../shared/api/open'
import type { operations } from '../shared/api/open.gen'
import type { Address, Query } from '../shared/api/openClient.gen'
import { getArticle, getChannel, getColumn, getDistrict, getFigures, getSchool, getSchoolChannel, listColumns, listSchools, search } from '../shared/api/openClient.gen'
import type { Views } from './visit'

// The channels of letters, by the last part of their pages' addresses.
const channelOfPage: Readonly<Record<string, string>> = { ask: 'consultation', mailbox: 'mailbox', correct: 'erratum', appeal: 'appeal' }

type Values = Readonly<Record<string, unknown>>

// Asked are the kinds of page that the open data has the view of.
export type Asked = Exclude<keyof Views, 'track' | 'opinion' | 'notfound' | 'error'>

// The names in a page's query string are those of the open data.
const ofPages: { [K in Asked]: (params: Values, query: Values) => Address<Views[K]> } = {
  home: () => getDistrict(),
  schools: (_, query) => listSchools(asked<'listSchools'>(query, 'q', 'stage', 'town', 'ownership', 'status')),
  school: ({ school }) => getSchool(first(school)),
  column: ({ school, column }, query) => getColumn(first(school), first(column), asked<'getColumn'>(query, 'page')),
  article: ({ id }, query) => getArticle(first(id), asked<'getArticle'>(query, 'file')),
  apply: ({ school }) => getSchool(first(school)), // shows less of it
  letter: ({ school, way }) => {
    const channel = channelOfPage[first(way)] ?? ''
    return school ? getSchoolChannel(first(school), channel) : getChannel(channel)
  },
  search: (_, query) => search(asked<'search'>(query, 'q', 'school', 'stage', 'column', 'from', 'to', 'first', 'page')),
  sitemap: () => listColumns(),
  privacy: () => listColumns(),
  figures: () => getFigures(),
}

// openAddress is where the open data has what a page shows.
export function openAddress<K extends Asked>(kind: K, params: Values, query: Values): Address<Views[K]> {
  return ofPages[kind](params, query)
}

// asked takes what a page's address asks for as it stands there: the server says
// what it does not understand.
function asked<K extends keyof operations>(query: Values, ...names: (keyof Query<K> & string)[]): Query<K> {
  return Object.fromEntries(names.map((name) => [name, first(query[name])])) as Query<K>
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
