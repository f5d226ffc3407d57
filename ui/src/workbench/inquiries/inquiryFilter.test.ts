import { expect, it } from 'vitest'
import { askOf, filterFrom, isNarrowed, noFilter, queryOf } from './inquiryFilter'

it('keeps the filter in the address and leaves out what is empty', () => {
  const filter = filterFrom({ q: ' 转学 ', trouble: 'overdue', page: '3', other: 'x' })
  expect(filter).toEqual({ ...noFilter, q: '转学', trouble: 'overdue' })
  expect(queryOf(filter, 2)).toEqual({ q: '转学', trouble: 'overdue', page: '2' })
})

it('asks for what waits for an answer first, by its day', () => {
  expect(askOf(noFilter, 1, 20)).toEqual({ open: '1', sort: 'due', page: '1', per_page: '20' })
  expect(askOf({ ...noFilter, view: 'mine' }, 1, 20)).toEqual({ mine: '1', sort: 'due', page: '1', per_page: '20' })
  expect(askOf({ ...noFilter, view: 'all', trouble: 'low' }, 2, 20)).toEqual({ low: '1', sort: '-submitted', page: '2', per_page: '20' })
})

it('knows what leaves something out', () => {
  expect(isNarrowed({ ...noFilter, view: 'all', sort: 'due' })).toBe(false)
  expect(isNarrowed({ ...noFilter, state: 'held' })).toBe(true)
})
