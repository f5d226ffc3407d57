import { expect, it } from 'vitest'
import { wordsOf } from './words'

it.each([
  ['2026年课后服务的收费标准', ['2026年课后服务 收费标准', '2026年课后服务', '课后服务']],
  ['我想了解学校食堂的采购合同', ['食堂 采购合同', '采购合同']],
  ['招生计划', ['招生计划']],
  ['请公开有关信息', []],
  ['收', []],
  ['', []],
])('looks for what is asked: %s', (subject, queries) => expect(wordsOf(subject)).toEqual(queries))

it('never asks for more than the search takes', () => {
  const queries = wordsOf('甲乙丙丁戊己庚辛壬癸'.repeat(20))
  queries.forEach((query) => expect(query.length).toBeLessThanOrEqual(64))
})
