import { describe, expect, it } from 'vitest'
import { doneWords } from './doneWords'

const article = { release_at: '', published: '', pending: '' }

describe('doneWords', () => {
  it('names who is asked next', () => {
    expect(doneWords('submit', article, { stage: 'reviewing', next: [{ name: '王老师' }, { name: '李老师' }] })).toEqual(['已提交审核。', '下一步由王老师、李老师办理。'])
  })
  it('tells a text that appears now from one that waits for its time', () => {
    expect(doneWords('clear', article, { stage: 'drafting', next: [] })[0]).toBe('保密审查通过，已对社会公开。')
    expect(doneWords('clear', { ...article, release_at: '2026-11-24 00:00:00.000Z' }, { stage: 'released', next: [] })).toEqual(['保密审查通过。', '将于 2026-11-24 08:00 公开。'])
  })
})
