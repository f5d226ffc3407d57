import { describe, expect, it } from 'vitest'
import { dayAfter, dayOf, dutiesAt, stageOf, standingIn, stateOf } from './staffWords'
import type { StaffRecord, StandInsRecord } from '../../shared/api/schema.gen'

const person = (fields: Partial<StaffRecord>) => ({ duties: [], acts_as: [], verified: true, deactivated_at: '', deactivated_reason: '', invited_at: '', ...fields }) as unknown as StaffRecord
const standIn = (from: string, until: string) => ({ from, until }) as StandInsRecord

describe('stateOf', () => {
  it.each([
    ['an account in use', person({}), '在用'],
    ['invited, not answered', person({ verified: false, invited_at: '2026-11-23 02:00:00.000Z' }), '已邀请，未设置密码'],
    ['a mail that did not go out', person({ verified: false }), '邀请没有送达'],
    ['somebody who left, whatever else', person({ verified: false, deactivated_at: '2026-11-23 18:00:00.000Z', deactivated_reason: '调离' }), '已停用'],
  ])('%s', (_, who, word) => expect(stateOf(who).word).toBe(word))
  it('says since when, by the day of the district', () => expect(stateOf(person({ deactivated_at: '2026-11-23 18:00:00.000Z', deactivated_reason: '调离' })).hint).toBe('2026-11-24 停用：调离'))
})

describe('stageOf', () => {
  it.each([
    ['today is its first day', '2026-11-23', '2026-11-25', '代理中'],
    ['today is its last day', '2026-11-20', '2026-11-23', '代理中'],
    ['still to come', '2026-11-24', '2026-11-25', '未开始'],
    ['over', '2026-11-20', '2026-11-22', '已结束'],
    ['ended before it began', '2026-12-01', '2026-11-22', '已取消'],
  ])('%s', (_, from, until, want) => expect(stageOf(standIn(from, until), '2026-11-23')).toBe(want))
})

describe('duties', () => {
  it('nobody at a school supervises or audits', () => expect(dutiesAt('s')).not.toEqual(expect.arrayContaining(['supervisor'])))
  it('what is filled for another is not one’s own', () => expect(standingIn(person({ duties: ['editor'], acts_as: ['editor', 'reviewer'] }))).toEqual(['reviewer']))
})

describe('days', () => {
  it('an evening in London is the next day here', () => expect(dayOf('2026-11-23 16:30:00.000Z')).toBe('2026-11-24'))
  it('goes over the end of a month', () => expect(dayAfter('2026-11-30', 1)).toBe('2026-12-01'))
})
