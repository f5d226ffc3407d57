import { describe, expect, it } from 'vitest'
import { faultOf, filterFrom, filterOf, isFiltered, noFilter, queryOf } from './auditFilter'
import type { AuditFilter } from './auditFilter'

const filter = (more: Partial<AuditFilter>): AuditFilter => ({ ...noFilter, ...more })

describe('filterOf', () => {
  it.each([
    ['nothing', {}, ''],
    ['a person', { person: '王' }, `actor_name ~ "王"`],
    ['quotes and backslashes', { person: `a"b'c\\` }, `actor_name ~ "a\\"b'c\\\\"`],
    ['an action of the dashboard', { action: 'DELETE collections/{collection}/truncate' }, `action = "DELETE collections/{collection}/truncate"`],
    ['a collection', { collection: 'staff' }, `collection = "staff"`],
    ['a day of Shanghai', { from: '2026-11-24', until: '2026-11-24' }, `at >= "2026-11-23T16:00:00.000Z" && at < "2026-11-24T16:00:00.000Z"`],
    ['the last day of a year', { until: '2026-12-31' }, `at < "2026-12-31T16:00:00.000Z"`],
    ['what is no day', { from: 'yesterday' }, ''],
    ['a record and what speaks of it', { record: 'abc' }, `(record = "abc" || detail ~ "abc")`],
    ['several', { person: '王', collection: 'staff' }, `actor_name ~ "王" && collection = "staff"`],
  ])('writes %s', (_, given, want) => expect(filterOf(filter(given))).toBe(want))
})

it('reads an address as it wrote it, and takes nothing else over', () => {
  const given = filter({ person: '王老师', from: '2026-11-24' })
  expect(queryOf(given, 3)).toEqual({ person: '王老师', from: '2026-11-24', page: '3' })
  expect(filterFrom({ ...queryOf(given), other: 'x' })).toEqual(given)
  expect(filterFrom({ person: ['a', 'b'], record: ' a ' })).toEqual(filter({ record: 'a' }))
  expect(queryOf(noFilter)).toEqual({})
})

it('knows whether anything is chosen, and days in the wrong order', () => {
  expect([noFilter, filter({ until: '2026-11-24' })].map(isFiltered)).toEqual([false, true])
  expect([filter({ from: '2026-11-24', until: '2026-11-24' }), filter({ from: '2026-11-24' }), filter({ from: '2026-11-25', until: '2026-11-24' })].map(faultOf)).toEqual(['', '', '开始日期不能晚于结束日期'])
})
