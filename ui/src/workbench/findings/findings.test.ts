import { describe, expect, it } from 'vitest'
import { byLevel, cleanableWords, countOf, without, wordsOf } from './findings'
import type { Found } from '../types'

describe('byLevel', () => {
  const list = [{ level: 'note' }, { level: 'block' }, { level: 'note' }] as const
  it('begins with what must be dealt with and leaves out empty groups', () => {
    expect(byLevel([...list]).map(({ level, items }) => [level, items.length])).toEqual([['block', 1], ['note', 2]])
    expect(countOf([...list], 'warn')).toBe(0)
  })
})

const found = (over: Partial<Found>): Found => ({ class: 'comments', level: 'block', place: '通知.docx', sample: '1 段批注', hint: '', ...over })

describe('without', () => {
  it('takes each finding out once', () => {
    const author = found({ class: 'document_author', place: '通知.docx：作者', sample: '周**' })
    expect(without([found({}), author, found({})], [found({}), found({ place: '别的.docx' })])).toEqual([author, found({})])
    // levels are those of the column in a save, and the file's own beside it
    expect(without([found({ level: 'warn' })], [found({})])).toEqual([])
  })
})

describe('cleanableWords', () => {
  it('names each class once, and only what can be cleaned', () => {
    const list = [found({ can_clean: true }), found({ class: 'document_author', can_clean: true }), found({ class: 'document_author', can_clean: true }), found({ class: 'macro' })]
    expect(cleanableWords(list)).toBe('批注、文件属性')
    expect(wordsOf(['location'])).toBe('拍摄地点')
    expect(cleanableWords([])).toBe('')
  })
})
