import { describe, expect, it } from 'vitest'
import type { SchoolLine } from '../../../shared/api/schools.gen'
import { matching, noFilter, standsWord } from './schoolWords'

const line = (change: Partial<SchoolLine>): SchoolLine => ({
  code: '1', name: '甲小学', short_name: '甲小学', stages: ['小学'], town: '东镇', status: 'open', ended_on: '', successors: [], corrected: 0, proposed: 0, kit: false, ...change,
})

describe('matching', () => {
  const all = [line({}), line({ code: '2', name: '乙中学', stages: ['初中', '高中'], town: '西镇', status: 'merged' })]
  it.each([
    ['nothing asked leaves all', {}, ['1', '2']],
    ['part of a name', { q: ' 中学 ' }, ['2']],
    ['the start of a code', { q: '1' }, ['1']],
    ['a stage among several', { stage: '高中' }, ['2']],
    ['all conditions hold', { status: 'merged', town: '东镇' }, []],
  ])('%s', (_, asked, want) => {
    expect(matching(all, { ...noFilter, ...asked }).map(({ code }) => code)).toEqual(want)
  })
})

describe('standsWord', () => {
  it.each([
    [line({}), '开办'],
    [line({ status: 'merged', ended_on: '2026-09-01', successors: ['乙中学'] }), '已合并（2026-09-01，由乙中学承接）'],
    [line({ status: 'closed', ended_on: '2026-09-01' }), '已撤销（2026-09-01）'],
    [line({ status: 'merged' }), '已合并'],
  ])('says where a school stands', (school, want) => expect(standsWord(school)).toBe(want))
})
