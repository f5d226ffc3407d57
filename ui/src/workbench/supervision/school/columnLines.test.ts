import { expect, it } from 'vitest'
import type { ColumnMark } from '../../../shared/api/supervision.gen'
import { lacksOf, linesOfDay } from './columnLines'

const whole = { mandatory: true, exempt: false, exists: true, filled: true, fresh: true, enough: true }

it('names what a column lacks, the gravest alone', () => {
  expect(lacksOf(whole)).toEqual([])
  expect(lacksOf({ ...whole, fresh: false, enough: false })).toEqual(['更新超期', '数量不足'])
  expect(lacksOf({ ...whole, filled: false, fresh: false })).toEqual(['空白'])
  expect(lacksOf({ ...whole, exists: false, filled: false })).toEqual(['缺失'])
})

it('counts neither what is optional nor what a school is exempt from', () => {
  const column = { ...whole, code: 'A0101', name: '信息公开指南', group: 'A01', group_name: '公开指南与制度', met: true } as ColumnMark
  const lines = linesOfDay([column, { ...column, mandatory: false }, { ...column, exempt: true }])
  expect(lines.map(({ need, counted }) => [need, counted])).toEqual([['必设', true], ['选设', false], ['豁免', false]])
})
