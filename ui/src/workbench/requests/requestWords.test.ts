import { expect, it } from 'vitest'
import { dayWord, lawWord, leftWord } from './requestWords'

it('says how long there is', () => {
  expect(leftWord(null)).toBe('')
  expect(leftWord(6)).toBe('还有 6 个工作日')
  expect(leftWord(0)).toBe('今天到期')
  expect(leftWord(-2)).toBe('逾期 2 个工作日')
})

it('writes dates and articles', () => {
  expect(dayWord('2026-03-02')).toBe('2026年3月2日')
  expect(dayWord('')).toBe('')
  expect(lawWord('第三十条')).toBe('条例第三十条')
  expect(lawWord('《办法》第三条')).toBe('《办法》第三条')
})
