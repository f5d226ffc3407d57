import { describe, expect, it } from 'vitest'
import { countWords, dayOf, minuteOf, sizeOf, today } from './articleWords'

describe('days', () => {
  it('an evening in UTC is the next day in Shanghai', () => {
    expect(dayOf('2026-11-22 16:30:00.000Z')).toBe('2026-11-23')
    expect(minuteOf('2026-11-22 16:30:00.000Z')).toBe('2026-11-23 00:30')
    expect(today(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01')
  })
  it('nothing stays nothing', () => expect(dayOf('')).toBe(''))
})

describe('sizeOf', () => {
  it.each([[10, '1 KB'], [20480, '20 KB'], [1572864, '1.5 MB']])('%d bytes', (bytes, want) => expect(sizeOf(bytes)).toBe(want))
})

describe('countWords', () => {
  const none = { helpful: 0, unhelpful: 0, same_question: 0 }
  it('says nothing of nothing', () => expect(countWords(none)).toBe(''))
  it('says what was counted', () => expect(countWords({ ...none, helpful: 12, same_question: 3 })).toBe('12 人觉得有帮助，3 人也有这个问题'))
})
