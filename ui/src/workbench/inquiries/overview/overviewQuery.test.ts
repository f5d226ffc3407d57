import { describe, expect, it } from 'vitest'
import { askFrom, hoursOf, queryOf, satisfied, withBase } from './overviewQuery'

describe('figures of letters', () => {
  it('go with what they are a share of', () => {
    expect(withBase(9, 10)).toBe('90.0%（9／10）')
    expect(withBase(0, 0)).toBe('—')
    expect(hoursOf(12.34, 3)).toBe('12.3 小时')
    expect(hoursOf(0, 0)).toBe('—')
  })

  it('of a small group are not broken down', () => {
    const few = { group: '', answered: 12, rated: 0, satisfied: 0, low: 0, levels: {}, hidden: true }
    expect(satisfied(few)).toContain('太少')
    expect(satisfied({ ...few, answered: 0 })).toBe('—')
    expect(satisfied({ ...few, rated: 20, satisfied: 18, hidden: false })).toBe('90.0%（18／20）')
  })

  it('are asked for by an address', () => {
    const ask = askFrom({ stage: '小学', figure: 'overdue', other: 'x' })
    expect(ask).toEqual({ from: '', until: '', stage: '小学', channel: '', category: '', school: '', figure: 'overdue' })
    expect(queryOf(ask)).toEqual({ stage: '小学', figure: 'overdue' })
  })
})
