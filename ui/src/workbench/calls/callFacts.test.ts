import { describe, expect, it } from 'vitest'
import { callOf, factsOf, takesChoice, ways } from './callFacts'

const row = { 主题: '校服选哪一种？', 参与方式: ways[1], 结果反馈: '', 起止日期: '2026-06-01至2026-06-14', 选项: '甲款\n乙款' }

describe('a call in the named fields', () => {
  it('is read and written back', () => {
    const call = callOf([row])
    expect(call).toEqual({ question: '校服选哪一种？', from: '2026-06-01', until: '2026-06-14', way: ways[1], otherWay: '', options: '甲款\n乙款', result: '' })
    expect(factsOf(call, [row])).toEqual([{ 主题: row.主题, 参与方式: row.参与方式, 起止日期: row.起止日期, 选项: row.选项 }])
  })
  it('of another kind keeps its words', () => {
    const facts = [{ 参与方式: '发邮件', 承办: '总务处' }]
    expect(callOf(facts)).toMatchObject({ way: '', otherWay: '发邮件' })
    expect(factsOf(callOf(facts), facts)).toEqual(facts)
  })
  it('that is empty leaves nothing', () => expect(factsOf(callOf(null), null)).toEqual([]))
  it('that takes no choice has no options', () => {
    expect(factsOf({ ...callOf([row]), way: ways[2] }, [row])[0]).not.toHaveProperty('选项')
    expect(ways.map(takesChoice)).toEqual([true, true, false])
  })
})
