import { pb } from '../api'

/** What the list shows; it lives in the address, so that "back" and bookmarks work. */
export interface AuditFilter {
  person: string
  action: string
  collection: string
  from: string // days in the district
  until: string
  record: string
}

const names = ['person', 'action', 'collection', 'from', 'until', 'record'] as const
export const noFilter: AuditFilter = { person: '', action: '', collection: '', from: '', until: '', record: '' }

const trimmed = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** filterFrom reads a filter from an address or a form. */
export const filterFrom = (query: Partial<Record<string, unknown>>): AuditFilter => Object.assign({}, noFilter, ...names.map((name) => ({ [name]: trimmed(query[name]) })))

/** queryOf is the address of a page of a filtered list; what is empty is left out. */
export function queryOf(filter: AuditFilter, page = 1): Record<string, string> {
  const query: Record<string, string> = {}
  for (const name of names) {
    const value = trimmed(filter[name])
    if (value) query[name] = value
  }
  if (page > 1) query.page = String(page)
  return query
}

export const isFiltered = (filter: AuditFilter): boolean => names.some((name) => filter[name] !== '')

/** faultOf says what is wrong with a filter, or ''. */
export const faultOf = ({ from, until }: AuditFilter): string => (from && until && from > until ? '开始日期不能晚于结束日期' : '')

const day = 86_400_000

/** startOf is when a day of the district begins, some days later, as instants stand in the audit. */
function startOf(date: string, later = 0): string {
  const at = Date.parse(`${date}T00:00:00+08:00`)
  return Number.isNaN(at) ? '' : new Date(at + later * day).toISOString()
}

/**
 * filterOf writes PocketBase's filter; its own client quotes the values. A
 * parameter that is empty would match nothing, so such a condition is left out.
 * A record is also found where another row speaks of it, such as an article in
 * the rows of its steps.
 */
export function filterOf(filter: AuditFilter): string {
  const conditions: [value: string, condition: string][] = [
    [filter.person, 'actor_name ~ {:value}'],
    [filter.action, 'action = {:value}'],
    [filter.collection, 'collection = {:value}'],
    [filter.from && startOf(filter.from), 'at >= {:value}'],
    [filter.until && startOf(filter.until, 1), 'at < {:value}'],
    [filter.record, '(record = {:value} || detail ~ {:value})'],
  ]
  return conditions.flatMap(([value, condition]) => (value ? [pb.filter(condition, { value })] : [])).join(' && ')
}
