import { expect, it } from 'vitest'
import type { RowView, StatisticsView } from '../../../shared/api/requests.gen'
import { askFrom, faultOf, figureName, periodName, queryOf, share, yearOf } from './statisticsQuery'
import { linesOf } from './table3Cells'

const row = (id: string, section: string, group = '', label = ''): RowView => ({ id, section, group, label, figures: [0, 0, 0, 0, 0, 0, 0] })
const rows = [row('r01', '一、新收'), row('r03', '三、结果', '（一）公开'), row('r05', '三、结果', '（三）不予公开', '1.秘密'), row('r06', '三、结果', '（三）不予公开', '2.禁止'), row('r25', '四、结转')]

it('keeps what is asked for in the address', () => {
  expect(queryOf(askFrom({ from: '2025-01-01', to: '2025-12-31', figure: 'r01c7', other: 'x' }))).toEqual({ from: '2025-01-01', to: '2025-12-31', figure: 'r01c7' })
})

it('knows a year from another period', () => {
  expect(yearOf('2025-01-01', '2025-12-31')).toBe(2025)
  expect(yearOf('2025-01-01', '2025-12-30')).toBe(0)
  expect(periodName({ from: '2025-03-01', to: '2025-03-31' })).toBe('2025-03-01 至 2025-03-31')
  expect(faultOf('2025-03-02', '2025-03-01')).not.toBe('')
  expect(faultOf('2025-03-01', '2025-03-01')).toBe('')
})

it('names a figure', () => {
  const view = { table3: { heads: ['自然人', '商业企业'], rows }, table4: { heads: ['结果维持'], rows: [row('complaint', '', '', '申诉')] } } as unknown as StatisticsView
  expect(figureName('r05c2', view)).toBe('（三）不予公开 1.秘密：商业企业')
  expect(figureName('complaint.1', view)).toBe('申诉：结果维持')
  expect(figureName('r99c1', view)).toBe('')
})

it('tells no share of nothing', () => {
  expect(share(1, 3)).toBe('33%')
  expect(share(0, 0)).toBe('')
})

it('lays the form out in three columns of labels', () => {
  const lines = linesOf(rows, false).map(({ labels }) => labels.map(({ text, across, down }) => [text, across, down]))
  expect(lines).toEqual([
    [['一、新收', 3, 1]],
    [['三、结果', 1, 3], ['（一）公开', 2, 1]],
    [['（三）不予公开', 1, 2], ['1.秘密', 1, 1]],
    [['2.禁止', 1, 1]],
    [['四、结转', 3, 1]],
  ])
})

it('lays the form out in one column on a phone', () => {
  const lines = linesOf(rows, true)
  expect(lines.every(({ labels }) => labels.length === 1)).toBe(true)
  expect(lines.map(({ heading }) => heading)).toEqual(['', '三、结果', '', '', ''])
  expect(lines[3]!.labels[0]!.text).toBe('（三）不予公开 2.禁止')
})
