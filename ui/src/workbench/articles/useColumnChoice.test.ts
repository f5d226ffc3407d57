import { describe, expect, it } from 'vitest'
import { choiceOf, matching } from './useColumnChoice'
import type { DeskColumn } from '../types'

const column = (code: string, name: string, rest: Partial<DeskColumn> = {}): DeskColumn => ({
  code, name, group: code.slice(0, 3), group_name: `组${code.slice(0, 3)}`, kind: 'list', kind_name: '列表', audience: '全社会',
  mandatory: false, description: '', basis: '', required_fields: [], named_fields: [], writable: true, items: 1, ...rest,
})
const columns = [
  column('A0101', '信息公开指南', { mandatory: true, items: 0 }),
  column('A0102', '信息公开目录', { mandatory: true, items: 0, writable: false }),
  column('A0901', '食堂管理'),
]
const names = (list: DeskColumn[]) => list.map((c) => c.name)

describe('matching', () => {
  it('without words finds all', () => expect(matching(columns, ' ')).toHaveLength(3))
  it('every word must be in name, group or code', () => {
    expect(names(matching(columns, '食堂 a09'))).toEqual(['食堂管理'])
    expect(matching(columns, '食堂 a01')).toEqual([])
  })
})

describe('choiceOf', () => {
  it('what is missing stands first and only there; what the system fills is not missing', () => {
    expect(choiceOf(columns, '').map((g) => [g.code, names(g.columns)])).toEqual([
      ['missing', ['信息公开指南']],
      ['A01', ['信息公开目录']],
      ['A09', ['食堂管理']],
    ])
  })
})
