import { expect, it } from 'vitest'
import { cellWord, lookOf, monthsOf, runsOf } from './caseDays'
import type { DayLine } from '../../shared/api/requests.gen'

const day = (date: string, kind: string, nth: number, rest: Partial<DayLine> = {}): DayLine => ({
  date, kind, nth, counted: kind === 'ordinary' || kind === 'makeup', paused: false, reason: '', law: '', ...rest,
})

// received on Friday 13 February 2026: a weekend that is worked, then the Spring Festival
const days = [
  day('2026-02-14', 'makeup', 1, { reason: '调休上班（春节）' }),
  day('2026-02-15', 'holiday', 1, { reason: '春节' }),
  day('2026-02-16', 'holiday', 1, { reason: '春节' }),
  day('2026-02-24', 'ordinary', 2, { reason: '工作日' }),
  day('2026-03-02', 'ordinary', 2, { counted: false, paused: true, reason: '征求意见，不计入答复期限', law: '第三十三条' }),
]

it('sorts days by what they are to the period', () => {
  expect(days.map(lookOf)).toEqual(['makeup', 'holiday', 'holiday', 'counted', 'paused'])
  expect(lookOf(null)).toBe('none')
})

it('lays them out by months, from the day of receipt to the last', () => {
  const months = monthsOf(days, '2026-02-13', '2026-03-02', '2026-02-16')
  expect(months.map(({ name }) => name)).toEqual(['2026年2月', '2026年3月'])
  const cells = months.flatMap(({ weeks }) => weeks.flat())
  expect(months[0]!.weeks.map((week) => week[0]?.number)).toEqual([9, 16, 23]) // from Monday the 9th; what lies outside is left out
  const cell = (date: string) => cells.find((one) => one?.date === date)!
  expect(cellWord(cell('2026-02-13'))).toBe('2月13日，收到日，不计入')
  expect(cellWord(cell('2026-02-14'))).toBe('2月14日，第 1 个工作日，调休上班（春节）')
  expect(cellWord(cell('2026-02-16'))).toBe('2月16日，春节，今天')
  expect(cellWord(cell('2026-03-02'))).toBe('3月2日，征求意见，不计入答复期限，期限最后一天')
  expect(monthsOf([], '', '', '2026-02-16')).toEqual([])
})

it('puts days that are alike together, for the list', () => {
  expect(runsOf(days).map(({ from, to, look, counted, nth }) => [from, to, look, counted, nth])).toEqual([
    ['2026-02-14', '2026-02-14', 'makeup', 1, 1],
    ['2026-02-15', '2026-02-16', 'holiday', 0, 1],
    ['2026-02-24', '2026-02-24', 'counted', 1, 2],
    ['2026-03-02', '2026-03-02', 'paused', 0, 2],
  ])
})
