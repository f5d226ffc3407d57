import { describe, expect, it } from 'vitest'
import { firstShown, resultWords } from './batchWords'

describe('a batch of drafts from an old site', () => {
  it('opens where a person has something to do', () => {
    expect(firstShown(['editor', 'reviewer'])).toBe('drafts')
    expect(firstShown(['secrecy_reviewer'])).toBe('secrecy_reviewing')
    expect(firstShown([])).toBe('all')
  })

  it('says what became of many', () => {
    expect(resultWords('submit', { done: 32, refused: 3, lines: [] }, 0)).toBe('32 条已提交，3 条没有办理，原因见下面')
    expect(resultWords('clear', { done: 20, refused: 0, lines: [] }, 15)).toBe('20 条已通过保密审查，15 条因停止没有办理')
  })
})
