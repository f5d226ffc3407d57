import { describe, expect, it } from 'vitest'
import { changeWords, changesBetween, faultOf, folded, found, parsePasted, percentOf } from './wordRows'
import type { WordRow } from './wordRows'

const row = (word: string, more: Partial<WordRow> = {}): WordRow => ({ word, level: 'general', instead: '', note: '', ...more })

describe('parsePasted', () => {
  it.each([
    ['commas', '家教,敏感,课后服务', [row('家教', { level: 'sensitive', instead: '课后服务' })]],
    ['Chinese commas', '家教，严重', [row('家教', { level: 'serious' })]],
    ['a spreadsheet with a heading', '词语\t级别\t建议改为\t说明\n老年人\t一般\t长者\t见通知, 第3条', [row('老年人', { instead: '长者', note: '见通知, 第3条' })]],
    ['no level is 一般', '家教', [row('家教')]],
    ['empty lines and Windows line ends', '甲\r\n\r\n 乙 \r\n', [row('甲'), row('乙')]],
    ['commas in the note', '甲,一般,,见一,见二', [row('甲', { note: '见一，见二' })]],
  ])('reads %s', (_, text, want) => expect(parsePasted(text, [])).toEqual({ rows: want, faults: [] }))

  it('names each line that is wrong and keeps the others', () => {
    const { rows, faults } = parsePasted('甲,一般\n乙,重大\n,一般\n甲 ,严重\n丙,一般\nＡＢ,一般', [row('ab')])
    expect(rows.map(({ word }) => word)).toEqual(['甲', '丙'])
    expect(faults.map(({ line }) => line)).toEqual([2, 3, 4, 6])
    expect(faults[0]?.message).toContain('重大')
  })
})

describe('faultOf', () => {
  it.each([
    ['fits', row('甲'), ''],
    ['is empty', row(' \u200b'), '请填写词语'],
    ['is too long', row('长'.repeat(51)), '超过 50'],
    ['has fifty characters', row('长'.repeat(50)), ''],
    ['is there already', row('家 教'), '已经在词表里'],
    ['has too long a replacement', row('甲', { instead: '长'.repeat(51) }), '超过 50'],
    ['has too long a note', row('甲', { note: '长'.repeat(201) }), '超过 200'],
  ])('a row that %s', (_, given, want) => expect(faultOf(given, new Set(['家教']))).toContain(want))
})

it('compares words as the server does', () => expect(folded('Ａ b·Ｃ_\u200b*')).toBe('abc'))

it('finds by word, replacement and note, and by level', () => {
  const rows = [row('家教', { level: 'serious' }), row('老年人', { instead: '长者' }), row('别的', { note: '关于家教' })]
  const at = (text: string, level = '') => found(rows, text, level).map((hit) => hit.at)
  expect(at('家教')).toEqual([0, 2])
  expect(at('长者')).toEqual([1])
  expect(at('')).toEqual([0, 1, 2])
  expect(at('', 'serious')).toEqual([0])
})

it('counts what a new version changes', () => {
  const changes = changesBetween([row('甲'), row('乙'), row('丙')], [row('甲'), row('乙', { level: 'serious' }), row('丁'), row('戊')])
  expect(changes).toEqual({ added: 2, changed: 1, removed: 1 })
  expect(changeWords(changes)).toBe('新增 2 个，修改 1 个，删除 1 个')
})

it.each([
  ['running', 0, 0, 0],
  ['running', 1, 3, 33],
  ['running', 3, 3, 99],
  ['done', 3, 4, 100],
  ['cancelled', 2, 4, 50],
])('a run that is %s at %i of %i is at %i percent', (state, done, total, want) => expect(percentOf({ state, done, total })).toBe(want))
