import { describe, expect, it } from 'vitest'
import { filtered, filters, lettersOf, nextWord } from './annualWords'
import type { AnnualDesk, AnnualLine } from '../../../shared/api/annual.gen'

const desk = (fields: Partial<AnnualDesk>) => ({ school: '9999990001', state: 'writing', due_on: '2026-01-31', may_write: false, may_sign: false, may_present: false, elsewhere: false, wrote: false, ...fields }) as AnnualDesk
const line = (school: string, state: string, timeliness: string) => ({ school, state, timeliness }) as AnnualLine

describe('nextWord', () => {
  it.each([
    ['not begun, by a writer', { state: 'not_begun', may_write: true }, '数字已经由系统填好'],
    ['to be signed', { state: 'ready', may_sign: true }, '请核对下面的预览'],
    ['not by who wrote it', { state: 'ready', wrote: true }, '您参与了撰写'],
    ['awaiting the signature', { state: 'ready' }, '等校长签发'],
    ['corrected', { state: 'published', may_present: true }, '有修改'],
    ['published elsewhere', { state: 'published', elsewhere: true }, '不是在这里写的'],
    ['the district', { school: 'all' }, '由各校的数字相加'],
  ])('%s', (_, fields, says) => expect(nextWord(desk(fields))).toContain(says))
})

describe('filtered', () => {
  const lines = [line('a', 'published', 'late'), line('b', 'not_begun', 'missing'), line('c', 'in_review', 'missing'), line('d', 'returned', 'awaited')]
  it.each([['', 'abcd'], ['missing', 'bc'], ['late', 'a'], ['writing', 'd'], ['in_review', 'c'], ['x', 'abcd']])('%s', (key, want) =>
    expect(filtered(lines, key).map((l) => l.school).join('')).toBe(want),
  )
  it('has a filter for every state', () => {
    for (const state of ['not_begun', 'writing', 'ready', 'returned', 'in_review', 'withdrawn']) expect(filters.slice(1).some((f) => f.has(line('a', state, 'awaited')))).toBe(true)
  })
})

it('counts letters without spaces', () => expect(lettersOf(' 信息\n公开　𠮷 ')).toBe(5))
