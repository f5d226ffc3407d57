import { describe, expect, it } from 'vitest'
import { actionWord, collectionName, detailOf, fieldName, secondOf, wayName } from './auditWords'

const row = (action: string, collection = '', detail: unknown = '') => ({ action, collection, detail: typeof detail === 'string' ? detail : JSON.stringify(detail) })

it('shows an instant in Shanghai, to the second', () => expect(secondOf('2026-11-23T16:00:07.123Z')).toBe('2026-11-24 00:00:07'))

it('names ways, collections and fields, and leaves what it does not know', () => {
  expect([wayName('dashboard'), collectionName('article_steps'), fieldName('duties'), wayName('x'), collectionName('toString'), fieldName('x')]).toEqual(['后台', '办理环节', '职责', 'x', 'toString', 'x'])
})

describe('actionWord', () => {
  it.each([
    ['a table', row('deactivate'), '停用账号'],
    ['a step', row('create', 'article_steps', { action: 'approve' }), '新增：审核通过'],
    ['a claim', row('claim', 'articles', { claim: true }), '领取'],
    ['a claim given back', row('claim', 'articles', { claim: false }), '放回'],
    ['the dashboard', row('POST sql'), '执行 SQL'],
    ['what failed there', row('failed', '', { asked: 'POST sql' }), '操作未成功：执行 SQL'],
    ['what is not known', row('PUT later/{thing}'), '其他操作：PUT later/{thing}'],
  ])('says it of %s', (_, given, want) => expect(actionWord(given)).toBe(want))
})

describe('detailOf', () => {
  it.each([
    ['nothing', row('sign_in'), false, []],
    ['a change', row('update', 'staff', { name: ['王', '李'], duties: [['editor'], ['editor', 'reviewer']], school: [null, 'a'] }), true, [
      ['单位', '（空）', 'a'], ['姓名', '王', '李'], ['职责', '信息编辑员', '信息编辑员、审核员'],
    ]],
    ['a new password', row('update', 'staff', { password: '（已更改）' }), true, [['密码', '（空）', '（已更改）']]],
    ['two duties of a new person are no change', row('create', 'staff', { duties: ['editor', 'reviewer'], verified: true }), false, [['已验证', '', '是'], ['职责', '', '信息编辑员、审核员']]],
    ['texts that are not quoted', row('update', 'article_versions', { title: [null, { chars: 5, sha256: 'abcd'.repeat(16) }] }), true, [['标题', '（空）', '共 5 字，校验值 abcdabcdabcdabcd…']]],
    ['a state', row('create', 'articles', { state: 'draft', stage: 'drafting' }), false, [['状态', '', '未公开'], ['审核环节', '', '草拟中']]],
    ['a state of something else', row('create', 'standards', { state: 'draft' }), false, [['状态', '', 'draft']]],
    ['fields in the order of the table, instants in Shanghai', row('create', 'review_rules', { reason: '因', stage: '小学', at: '2026-11-23 16:00:07.000Z' }), false, [
      ['学段', '', '小学'], ['原因', '', '因'], ['时间', '', '2026-11-24 00:00:07'],
    ]],
    ['a query', row('POST sql', '', { query: 'SELECT 1' }), false, [['SQL 语句', '', 'SELECT 1']]],
    ['something long', row('create', 'x', { shortened: true, chars: 9000, sha256: 'ef'.repeat(32) }), false, [['内容', '', '太长，没有保留原文；共 9000 字节，校验值 efefefefefefefef…']]],
    ['a place', row('create', 'schools', { location: { lon: 1, lat: 2 }, aliases: [] }), false, [['曾用名', '', '（空）'], ['位置坐标', '', '{"lon":1,"lat":2}']]],
    ['what is no object', row('x', '', '[1'), false, [['内容', '', '[1']]],
  ])('reads %s', (_, given, isChange, lines) => {
    const got = detailOf(given)
    expect(got.isChange).toBe(isChange)
    expect(got.lines.map(({ field, was, is }) => [field, was, is])).toEqual(lines)
  })
})
