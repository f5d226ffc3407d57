import { describe, expect, it } from 'vitest'
import { copyOf, differenceOf, formOf, instantOf, localTime, prefilled } from './draftForm'
import type { VersionRecord } from '../types'

const version = (rest: Partial<VersionRecord> = {}): VersionRecord => ({
  id: 'v', article: 'a', number: 1, frozen: false, title: '食谱', body: '', facts: null, source: '', doc_number: '', originally_on: '', created_on: '',
  valid_until: '', attachments: [], hash: '', summary: '', author: '', created: '2026-11-23 02:00:00.000Z', updated: '2026-11-23 02:00:00.001Z', writers: [], restored_from: '',
  publicity_workdays: 0, release_at: '', note: '', ...rest,
})

describe('prefilled', () => {
  const now = new Date('2026-11-23T01:00:00Z')
  it('a new draft has today as its date', () => {
    expect(prefilled(formOf(version()), version(), now).created_on).toBe('2026-11-23')
  })
  it('what somebody wrote or emptied is left alone', () => {
    const changed = version({ updated: '2026-11-23 02:05:00.000Z' })
    expect(prefilled(formOf(changed), changed, now).created_on).toBe('')
    const second = version({ number: 2, created_on: '2026-01-01' })
    expect(prefilled(formOf(second), second, now).created_on).toBe('2026-01-01')
  })
})

describe('the time of publication', () => {
  it('is typed in the time of the district', () => {
    expect(instantOf('2026-12-01T08:30')).toBe('2026-12-01 00:30:00.000Z')
    expect(localTime('2026-12-01 00:30:00.000Z')).toBe('2026-12-01T08:30')
    expect([instantOf(''), localTime('')]).toEqual(['', ''])
  })
})

describe('differenceOf', () => {
  it('names only what changed, in text and in lists', () => {
    const before = formOf(version({ attachments: ['x'] }))
    const after = { ...copyOf(before), title: '新食谱', attachments: ['x', 'y'] }
    expect(differenceOf(before, after)).toEqual({ title: '新食谱', attachments: ['x', 'y'] })
    expect(differenceOf(before, copyOf(before))).toEqual({})
  })
})
