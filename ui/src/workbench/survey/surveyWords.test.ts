import { expect, it } from 'vitest'
import type { Line } from '../../shared/api/survey.gen'
import { answeredWord, dayWord, missing, percentOf, stateOf, verdict } from './surveyWords'

const line = (over: Partial<Line>): Line => ({ name: '全区', asked: 84, answered: 82, satisfied: 79, share: '96.3%', levels: [10, 40, 29, 3, 0], hidden: false, ...over })

it('says when a survey is', () => {
  expect(dayWord('2026-12-02')).toBe('2026 年 12 月 2 日')
  const days = { from: '2026-11-23', until: '2026-12-20' }
  expect(stateOf({ ...days, state: 'planned' }).word).toBe('2026 年 11 月 23 日开始')
  expect(stateOf({ ...days, state: 'open' }).word).toBe('进行中，到 2026 年 12 月 20 日')
  expect(stateOf({ ...days, state: 'ended' }).word).toBe('已于 2026 年 12 月 20 日结束')
})

it('tells figures with what they are a share of', () => {
  expect(answeredWord(83, 84)).toBe('应填 84 个岗位，已填 83 个（98%）')
  expect(answeredWord(0, 0)).toBe('应填 0 个岗位，已填 0 个')
  expect(verdict(line({}), true)).toBe('满意率 96.3%：82 个岗位填写，79 个选择“基本满意”及以上；应填 84 个岗位。目标 90%，达到。')
  expect(verdict(line({ satisfied: 60, share: '73.2%' }), false)).toContain('没有达到')
  expect(verdict(line({ hidden: true }), false)).toBe('已填的不足 10 份，不显示结果（应填 84 个岗位）。')
  expect(percentOf(line({ answered: 10, satisfied: 9 }))).toBe(90)
  expect(percentOf(line({ answered: 0, satisfied: 0 }))).toBe(0)
})

it('asks for the overall question alone', () => {
  expect(missing({ overall: 3 })).toBeNull()
  expect(missing({ ease: 5 })?.fields[0]?.field).toBe('levels.overall')
})
