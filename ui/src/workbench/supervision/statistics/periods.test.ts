import { expect, test } from 'vitest'
import { percentOf, presetsOf } from './periods'

test('presets end yesterday or with their month, also in January', () => {
  const named = (today: string) => Object.fromEntries(presetsOf(today).map(({ text, from, to }) => [text, `${from} ${to}`]))
  expect(named('2026-11-26')).toEqual({ 上月: '2026-10-01 2026-10-31', 本月: '2026-11-01 2026-11-25', 本季度: '2026-10-01 2026-11-25', 今年: '2026-01-01 2026-11-25', 去年: '2025-01-01 2025-12-31' })
  expect(named('2027-01-01')).toEqual({ 上月: '2026-12-01 2026-12-31', 去年: '2026-01-01 2026-12-31' })
  expect(named('2028-03-01').上月).toBe('2028-02-01 2028-02-29')
})

test('a share is whole only if everything is, and hides what is not told', () => {
  expect(percentOf({ a: 999, b: 1000 }, 'a', 'b')).toBe('99.9%')
  expect(percentOf({ a: 9999, b: 10000 }, 'a', 'b')).toBe('99.9%')
  expect(percentOf({ b: 0 }, 'a', 'b')).toBe('—')
  expect(percentOf({ b: 5 }, 'a', 'b')).toBe('0.0%')
  expect(percentOf({ ratings: 5 }, 'ratings_satisfied', 'ratings')).toBe('—')
})
