import { expect, it } from 'vitest'
import { askOf, filterFrom, isNarrowed, noFilter, queryOf } from './requestFilter'

it('keeps the filter in the address and leaves out what is empty', () => {
  const filter = filterFrom({ q: ' 食堂 ', level: 'red', page: '3', other: 'x' })
  expect(filter).toEqual({ ...noFilter, q: '食堂', level: 'red' })
  expect(queryOf(filter, 2)).toEqual({ q: '食堂', level: 'red', page: '2' })
})

it('asks for what waits for an answer first, by its day', () => {
  expect(askOf(noFilter, 1, 20)).toEqual({ open: '1', sort: 'due', page: '1', per_page: '20' })
  expect(askOf({ ...noFilter, view: 'mine' }, 1, 20)).toEqual({ mine: '1', sort: 'due', page: '1', per_page: '20' })
  expect(askOf({ ...noFilter, view: 'all', school: '9999' }, 2, 20)).toEqual({ school: '9999', sort: '-submitted', page: '2', per_page: '20' })
})

it('knows what leaves something out', () => {
  expect(isNarrowed({ ...noFilter, view: 'all', sort: 'number' })).toBe(false)
  expect(isNarrowed({ ...noFilter, state: 'signing' })).toBe(true)
})
