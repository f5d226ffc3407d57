import { expect, test } from 'vitest'
import { dueAfter, progressWord } from './orderWords'

test('progress names only what there is', () => {
  const counts = { total: 4, issued: 1, acknowledged: 0, submitted: 2, returned: 0, closed: 1, withdrawn: 0, overdue: 1 }
  expect(progressWord(counts)).toBe('待签收 1，待验收 2，已办结 1')
})

test('a number of working days leads to a day, or to none', () => {
  const days = ['2026-11-24', '2026-11-25']
  expect(dueAfter(days, 2)).toBe('2026-11-25')
  expect([dueAfter(days, 0), dueAfter(days, 3), dueAfter(days, 1.5), dueAfter(days, Number.NaN)]).toEqual(['', '', '', ''])
})
