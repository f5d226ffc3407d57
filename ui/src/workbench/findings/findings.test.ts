import { describe, expect, it } from 'vitest'
import { byLevel, countOf } from './findings'

describe('byLevel', () => {
  const list = [{ level: 'note' }, { level: 'block' }, { level: 'note' }] as const
  it('begins with what must be dealt with and leaves out empty groups', () => {
    expect(byLevel([...list]).map(({ level, items }) => [level, items.length])).toEqual([['block', 1], ['note', 2]])
    expect(countOf([...list], 'warn')).toBe(0)
  })
})
