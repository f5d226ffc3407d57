import { describe, expect, it } from 'vitest'
import type { InboxItem } from '../../shared/api/schema.gen'
import { claimLabel, claimWord, groupsOf, move, placeWord, titleOf, toDo, whatWord, whenWord } from './inboxWords'

const item = (over: Partial<InboxItem>): InboxItem => ({
  id: 'a', kind: 'review', link: '/articles/a', group: 'todo', title: '标题', school: '', school_code: '', column: '', column_name: '', stage: 'reviewing', stage_name: '', since: '', due: '',
  at_bureau: false, claimed_by: '', claimed_by_me: false, can_claim: true, duty: 'reviewer', instead_of: '', findings: 0, ...over,
})
const counts = { overdue: 1, today: 2, todo: 3, waiting: 9, findings: 1, surveys: 0 }
const noon = new Date('2026-11-24T04:00:00Z')

describe('the inbox in words', () => {
  it('shows groups in the order in which they are worked off, and no empty one', () => {
    const groups = groupsOf([item({ id: 'w', group: 'waiting' }), item({ id: 'o', group: 'overdue' }), item({ id: 'p', group: 'overdue' })])
    expect(groups.map(({ key, items }) => [key, items.map(({ id }) => id)])).toEqual([['overdue', ['o', 'p']], ['waiting', ['w']]])
  })

  it('counts what there is to do, not what waits for others', () => {
    expect(toDo(counts)).toBe(6)
    expect(titleOf(counts)).toBe('(6) 待办 · 工作台')
    expect(titleOf({ ...counts, overdue: 0, today: 0, todo: 0 })).toBe('待办 · 工作台')
    expect(titleOf(null)).toBe('待办 · 工作台')
  })

  it.each([
    [item({}), '待初审'],
    [item({ stage: 'secrecy_reviewing' }), '待保密审查'],
    [item({ kind: 'waiting', group: 'waiting', stage: 'referred' }), '待上级确定'],
    [item({ kind: 'returned', stage: 'returned' }), '退回修改'],
    [item({ kind: 'finding', findings: 2 }), '复查发现 2 处问题'],
    [item({ kind: 'finding', findings: 2, group: 'waiting' }), '复查发现 2 处问题，修改稿正在审核'],
    [item({ kind: 'check', stage: 'drafting' }), '请核对'],
    [item({ kind: 'released', group: 'waiting', due: '2026-11-25' }), '审核完成，2026-11-25 公开'],
    [item({ kind: 'withheld', group: 'waiting' }), '决定不公开'],
    [item({ kind: 'request', stage: 'processing', stage_name: '办理中' }), '办理中'],
    [item({ kind: 'survey', stage_name: '请填写：审核员' }), '请填写：审核员'],
  ])('%#: says what there is to do', (given, want) => expect(whatWord(given)).toBe(want))

  it('says where it belongs', () => {
    expect(placeWord(item({ column: 'A0308' }))).toBe('A0308')
    expect(placeWord(item({ column: 'A0308', column_name: '通知公告' }))).toBe('通知公告')
    expect(placeWord(item({ kind: 'request' }))).toBe('依申请公开')
    expect(placeWord(item({ kind: 'survey' }))).toBe('满意度调查')
  })

  it('says in words what is late, and takes the day of publication for no deadline', () => {
    expect(whenWord(item({ due: '2026-11-22' }), noon)).toBe('已逾期 2 天')
    expect(whenWord(item({ due: '2026-11-24' }), noon)).toBe('今天到期')
    expect(whenWord(item({ due: '' }), noon)).toBe('')
    expect(whenWord(item({ kind: 'released', due: '2026-11-22' }), noon)).toBe('')
  })

  it.each([
    [item({}), '', '领取'],
    [item({ claimed_by: '我', claimed_by_me: true }), '您已领取', '放回'],
    [item({ claimed_by: '李老师', can_claim: false }), '李老师已领取', ''],
    [item({ claimed_by: '李老师' }), '李老师已领取', '接手'],
    [item({ kind: 'returned' }), '', ''],
  ])('%#: says who has it and what the button does', (given, word, label) => {
    expect(claimWord(given)).toBe(word)
    expect(claimLabel(given)).toBe(label)
  })

  it.each([
    ['j', -1, 3, 0], ['j', 0, 3, 1], ['j', 2, 3, 2], ['k', 1, 3, 0], ['k', 0, 3, 0], ['ArrowDown', 0, 3, 1], ['ArrowUp', 2, 3, 1], ['Home', 2, 3, 0], ['End', 0, 3, 2],
    ['ArrowDown', -1, 3, null], ['k', -1, 3, null], ['x', 1, 3, null], ['j', -1, 0, null],
  ])('%s from %i of %i leads to %s', (key, from, count, want) => expect(move(key as string, from as number, count as number)).toBe(want))
})
