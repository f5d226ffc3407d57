import { describe, expect, it } from 'vitest'
import type { RegistryLine } from '../../../shared/api/registry.gen'
import { beganWord, countsWord, countWord, decidedWord, durationWord, isHeavy, stateWord, waitsWord, wordsOf } from './lineWords'
import { askFrom, queryOf, wireOf } from './runQuery'

const line = (some: Partial<RegistryLine>): RegistryLine => ({
  id: 'a', run: 'r', position: 1, kind: 'update', kind_name: '变更', school: { code: '3101', name: '甲校' }, name: '甲校', basis: '', basis_name: '', reason: '', row: 1, fields: [], into: [], candidates: [],
  problems: [], decision: 'pending', choice: '', rule: '', decided_by: '', decided_at: '', applied_at: '', outcome: '', sentence: '', may_accept: true, may_refuse: true, may_choose: false, needs_into: false, open_cases: 0, ends_on: '', ...some,
})

describe('a line', () => {
  it.each([
    [{}, '待处理'],
    [{ decision: 'postponed' }, '以后再说'],
    [{ decision: 'accepted', outcome: 'applied' }, '已接受'],
    [{ decision: 'accepted', rule: '电话' }, '按规则“电话”自动接受'],
    [{ outcome: 'stale' }, '没有生效：学校资料已经变了'],
    [{ outcome: 'failed' }, '没有生效'],
    [{ kind: 'unsure', decision: 'accepted', choice: 'same' }, '已认定是甲校'],
    [{ kind: 'unsure', decision: 'accepted', choice: 'new' }, '已认定是新学校'],
    [{ kind: 'unsure', decision: 'refused', choice: 'ignore' }, '不处理'],
    [{ kind: 'conflict', decision: 'refused' }, '保留本地'],
    [{ kind: 'bad', may_accept: false, may_refuse: false }, '请来源方改正'],
    [{ kind: 'vanish', may_accept: false, may_refuse: false }, '不用处理'],
  ])('%j is %s', (some, word) => expect(stateWord(line(some))).toBe(word))

  it('that cannot be decided now is not said to need nothing', () => {
    expect(stateWord(line({ kind: 'close', may_accept: false, may_refuse: false }), false)).toBe('还没有处理')
  })

  it('of a conflict is kept here or taken from the source', () => {
    expect(wordsOf('conflict')).toMatchObject({ accept: '采用来源', refuse: '保留本地' })
    expect(wordsOf('unknown')).toMatchObject({ accept: '接受', refuse: '不接受' })
  })

  it('that ends a school is asked about again', () => {
    expect(['update', 'create', 'close', 'merge', 'vanish'].filter(isHeavy)).toEqual(['close', 'merge', 'vanish'])
  })
})

describe('a run', () => {
  const count = { kind: 'update', name: '变更', total: 12, open: 12, accepted: 0, refused: 0 }

  it('says who began it and how long it took', () => {
    expect([beganWord({ by: '', occasion: 'schedule', file_name: '' }), beganWord({ by: '李老师', occasion: 'person', file_name: '' }), beganWord({ by: '李老师', occasion: 'upload', file_name: 'a.xlsx' })]).toEqual(['定时读取', '李老师', '李老师，上传文件，“a.xlsx”'])
    expect(['2026-09-01 08:00:00.900Z', '2026-09-01 08:00:09.000Z', '2026-09-01 08:02:05.000Z', ''].map((finished_at) => durationWord({ began_at: '2026-09-01 08:00:00.500Z', finished_at }))).toEqual(['用时不到 1 秒', '用时 9 秒', '用时 2 分 5 秒', ''])
  })

  it('says what it found', () => {
    expect(countsWord({ counts: [count, { ...count, name: '新增', total: 1 }], state: 'ready', unchanged: false })).toBe('变更 12，新增 1')
    expect(countsWord({ counts: [], state: 'applied', unchanged: true })).toBe('来源没有变化')
    expect(countsWord({ counts: [], state: 'failed', unchanged: false })).toBe('')
    expect([countWord(count), countWord({ ...count, open: 3 }), countWord({ ...count, open: 0 })]).toEqual(['变更 12', '变更 12（3 待处理）', '变更 12'])
  })

  it('says what became of many lines', () => {
    expect(decidedWord({ applied: 10, refused: 0, stale: 1, failed: 2 })).toBe('10 项已生效，1 项没有生效，因为学校资料已经变了，2 项没有生效，原因写在各项里。')
    expect(decidedWord({ applied: 0, refused: 0, stale: 0, failed: 0 })).toBe('已记下。')
  })
})

describe('what waits', () => {
  it('is said of a set that can still be decided on', () => {
    expect(['ready', 'partly', 'stopped', 'dismissed', 'applied'].map((state) => waitsWord({ state, open: 7 }))).toEqual(['7 项待处理', '7 项待处理', '7 项待处理', '', ''])
    expect(waitsWord({ state: 'ready', open: 0 })).toBe('')
  })
})

describe('what is looked at', () => {
  it('lives in the address, without what is usual', () => {
    expect(queryOf(askFrom({ kind: 'update', page: '2', view: 'nonsense' }))).toEqual({ kind: 'update', page: '2' })
    expect(queryOf(askFrom({}))).toEqual({})
  })

  it('asks the server for what waits unless all is wanted', () => {
    expect(wireOf(askFrom({}))).toMatchObject({ asks: '1', page: '1' })
    expect(wireOf(askFrom({ view: 'all' }))).not.toHaveProperty('asks')
  })
})
