// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { compareFiles, compareText, compareVersions, linesOf } from './compare'
import type { Piece } from './compare'
import type { AttachmentRecord, VersionRecord } from '../types'

const version = (over: Partial<VersionRecord>) => ({ title: '', created_on: '', originally_on: '', valid_until: '', doc_number: '', source: '', publicity_workdays: 0, release_at: '', body: '', facts: [], ...over }) as VersionRecord
const file = (name: string, sha256: string, alt = '') => ({ name, sha256, alt }) as AttachmentRecord

describe('compareText', () => {
  it('changes whole words, not single characters', () => {
    expect(compareText('学校由老师签字', '学校由教师签字')).toEqual([
      { text: '学校由', kind: 'same' }, { text: '老师', kind: 'removed' }, { text: '教师', kind: 'added' }, { text: '签字', kind: 'same' },
    ])
  })
  it('says that nothing differs', () => {
    expect(compareText('相同', '相同').every(({ kind }) => kind === 'same')).toBe(true)
  })
})

const textOf = (pieces: Piece[], kind: Piece['kind']) => pieces.filter((piece) => piece.kind === kind).map(({ text }) => text).join('')

describe('linesOf', () => {
  it('makes a line of a paragraph, of a table row and of a picture', () => {
    const html = '<p>第一段</p><table><tbody><tr><td><p>甲</p></td><td><p>乙</p></td></tr></tbody></table><ul><li><p>一</p></li></ul><img src="x" alt="图">'
    expect(linesOf(html)).toBe('第一段\n甲 | 乙\n一\n［图片：图］')
  })
})

describe('compareVersions', () => {
  it('names only the fields that differ', () => {
    const before = { version: version({ title: '通知', body: '<p>甲</p>', facts: [{ 姓名: '张三' }] }), files: [] }
    const after = { version: version({ title: '通知', body: '<p>乙</p>', facts: [{ 姓名: '李四' }] }), files: [] }
    expect(compareVersions(before, after, ['姓名']).map(({ label }) => label)).toEqual(['栏目要素', '正文'])
  })
  it('names when and for how long it is to be public', () => {
    const before = { version: version({ valid_until: '2026-12-31', publicity_workdays: 5 }), files: [] }
    const after = { version: version({ valid_until: '', publicity_workdays: 7, release_at: '2026-12-01 00:30:00.000Z' }), files: [] }
    const told = compareVersions(before, after).map(({ label, pieces }) => [label, textOf(pieces, 'removed'), textOf(pieces, 'added')])
    expect(told).toEqual([['有效期至', '2026-12-31', ''], ['公示期', '5', '7'], ['定时公开', '', '2026-12-01 08:30']])
  })
})

describe('compareFiles', () => {
  it('sees a file of the same name with other content', () => {
    expect(compareFiles([file('表.xlsx', 'a'), file('图.png', 'c')], [file('表.xlsx', 'b'), file('图.png', 'c')])).toEqual([
      { name: '表.xlsx', kind: 'removed' }, { name: '表.xlsx', kind: 'added' }, { name: '图.png', kind: 'same' },
    ])
  })
  it('shows how the words about a picture changed, word by word', () => {
    const [change] = compareFiles([file('图.png', 'c', '操场示意图')], [file('图.png', 'c', '校门示意图')])
    expect(change).toMatchObject({ name: '图.png', kind: 'described' })
    expect(change?.alt).toEqual(compareText('操场示意图', '校门示意图'))
  })
  it('takes one file for one other', () => {
    const one = [file('图.png', 'c', '甲'), file('图.png', 'c', '乙')]
    expect(compareFiles(one, [one[1]!, one[0]!]).map(({ kind }) => kind)).toEqual(['same', 'same'])
    expect(compareFiles(one, [one[1]!]).map(({ kind }) => kind)).toEqual(['removed', 'same'])
  })
})
