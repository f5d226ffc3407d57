import { expect, it } from 'vitest'
import { linkOf } from './figureLinks'
import { percent, points, share } from './figureWords'

it('says 100 % only of what is whole, and nothing of nothing', () => {
  expect(percent({ part: 9999, whole: 10000 })).toBe(99.9)
  expect(share({ part: 27, whole: 28 })).toBe('96.4%（27／28）')
  expect(share({ part: 0, whole: 0 })).toBe('—')
})

it('says by how many points a share has changed', () => {
  expect(points({ part: 3, whole: 4 }, { part: 1, whole: 2 })).toBe('升 25.0 个百分点')
  expect(points({ part: 1, whole: 3 }, { part: 1, whole: 2 })).toBe('降 16.7 个百分点')
  expect(points({ part: 1, whole: 2 }, { part: 2, whole: 4 })).toBe('持平')
  expect(points({ part: 1, whole: 2 }, null)).toBe('—')
})

const ask = { school: '9999990001', from: '2026-01-01', to: '2026-11-22' }

it('leads to the records only those who have a page of them', () => {
  expect(linkOf({ school: '', duties: ['supervisor'] }, 'requests_overdue', ask)).toEqual({ name: 'requests', query: { level: 'red', school: '9999990001' } })
  expect(linkOf({ school: '', duties: ['auditor'] }, 'requests_overdue', ask)).toBeNull()
  expect(linkOf({ school: 'a', duties: ['clerk'] }, 'letters_open', ask)).toEqual({ name: 'inquiries', query: {} })
  expect(linkOf({ school: 'a', duties: ['editor'] }, 'columns_met', ask)).toEqual({ name: 'supervision-today' })
  expect(linkOf({ school: '', duties: ['auditor'] }, 'columns_met', { ...ask, school: '' })).toMatchObject({ name: 'supervision-heat' })
  expect(linkOf({ school: '', duties: ['supervisor'] }, 'waiting_editor', ask)).toBeNull()
})
