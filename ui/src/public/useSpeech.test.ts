import { describe, expect, it } from 'vitest'
import { sentences } from './useSpeech'

describe('sentences', () => {
  it.each([
    ['a text is cut after each sentence', '第一句。第二句！', ['第一句。', '第二句！']],
    ['a line is a sentence of its own', '标题\n正文', ['标题', '正文']],
    ['empty lines are not said', '一\n\n \n二', ['一', '二']],
    ['what has no mark is said whole', '没有标点', ['没有标点']],
    ['nothing is said of nothing', '', []],
  ])('%s', (_, text, want) => expect(sentences(text)).toEqual(want))

  it('a long sentence is cut at its commas into pieces of about a hundred characters', () => {
    const long = '这是一个比较长的分句，'.repeat(30) + '完。'
    const pieces = sentences(long)
    expect(pieces.join('')).toBe(long)
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(111)
  })
})
