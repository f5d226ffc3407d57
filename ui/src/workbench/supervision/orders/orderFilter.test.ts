import { expect, test } from 'vitest'
import { askOf, conditionsOf, filterFrom, isNarrowed, noFilter, queryOf } from './orderFilter'

test('the filter lives in the address', () => {
  const filter = filterFrom({ view: 'all', q: ' 食堂 ', state: 'submitted', page: '3', other: 'x' })
  expect(filter).toEqual({ ...noFilter, view: 'all', q: '食堂', state: 'submitted' })
  expect(queryOf(filter, 2)).toEqual({ view: 'all', q: '食堂', state: 'submitted', page: '2' })
  expect(isNarrowed(filter)).toBe(true)
  expect(isNarrowed({ ...noFilter, view: 'mine' })).toBe(false)
})

test('what is finished is found without changing the view', () => {
  expect(conditionsOf(noFilter)).toEqual({ open: '1' })
  expect(conditionsOf({ ...noFilter, trouble: 'overdue' })).toEqual({ overdue: '1', open: '1' })
  expect(conditionsOf({ ...noFilter, trouble: 'late' })).toEqual({ late: '1' })
  expect(conditionsOf({ ...noFilter, state: 'closed' })).toEqual({ state: 'closed' })
  expect(askOf({ ...noFilter, view: 'mine' }, 1, 20)).toEqual({ mine: '1', page: '1', per_page: '20' })
})
