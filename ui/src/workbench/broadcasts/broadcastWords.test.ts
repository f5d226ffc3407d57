import { describe, expect, it } from 'vitest'
import { awaited, barsOf, chosenRows, isReadable, matchingSchools, shareOf, stagesOf, statusOf, withSet } from './broadcastWords'
import type { BroadcastRow } from '../../shared/api/schema.gen'
import type { School } from './broadcastApi'

const row = (fields: Partial<BroadcastRow>): BroadcastRow => ({
  school: '晨光小学', school_code: '1', article: 'a', group: 'drafting', state: 'draft', stage: 'drafting', since: '', published_on: '', overdue: false, reason: '', by_name: '', ...fields,
})
const school = (id: string, ...stages: School['stages']): School => ({ id, code: `00${id}`, name: `示范区${id}学校`, short_name: id, stages })
const schools = [school('a', '小学'), school('b', '初中', '高中'), school('c', '小学', '初中')]

describe('what a school is at', () => {
  it.each([
    ['not submitted', row({}), '未提交', false],
    ['under review', row({ stage: 'reviewing', group: 'reviewing' }), '待初审', true],
    ['returned to its writer', row({ stage: 'returned' }), '退回修改', true],
    ['published', row({ state: 'published', group: 'published' }), '已公开', true],
    ['published and being changed', row({ state: 'published', stage: 'reviewing', group: 'published' }), '已公开', true],
    ['withdrawn', row({ state: 'withdrawn', group: 'refused' }), '已撤回', true],
    ['declined', row({ article: '', state: '', stage: '', group: 'refused', reason: '已发布' }), '不采用', false],
  ])('%s', (_, given, word, readable) => {
    expect([statusOf(given), isReadable(given)]).toEqual([word, readable])
  })
})

describe('the chart and the table', () => {
  const counts = { all: 8, published: 2, reviewing: 1, drafting: 4, refused: 1, overdue: 3 }
  it('shows each group as a share of all', () => {
    expect(barsOf(counts).map(({ name, count, percent }) => [name, count, percent])).toEqual([['已公开', 2, 25], ['审核中', 1, 13], ['未提交', 4, 50], ['不采用或未公开', 1, 13]])
  })
  it('has no share where there is no school', () => {
    expect(barsOf({ all: 0, published: 0, reviewing: 0, drafting: 0, refused: 0, overdue: 0 }).map(({ percent }) => percent)).toEqual([0, 0, 0, 0])
  })
  it('a reminder goes to those who are not done', () => expect(awaited(counts)).toBe(5))
  it('is narrowed', () => {
    const rows = [row({ overdue: true }), row({ group: 'reviewing' }), row({ group: 'published' }), row({ group: 'refused' })]
    expect(['', 'open', 'overdue', 'published'].map((choice) => chosenRows(rows, choice).length)).toEqual([4, 2, 1, 1])
  })
})

describe('choosing schools', () => {
  it('knows the stages there are', () => expect(stagesOf(schools)).toEqual(['小学', '初中', '高中']))
  it('tells how much of a set is chosen', () => {
    expect([shareOf(schools, []), shareOf(schools, ['a']), shareOf(schools, ['a', 'b', 'c'])]).toEqual(['none', 'some', 'all'])
  })
  it('adds a set once and takes it out whole', () => {
    expect(withSet(schools.slice(0, 2), ['b', 'c'], true)).toEqual(['b', 'c', 'a'])
    expect(withSet(schools.slice(0, 2), ['b', 'c'], false)).toEqual(['c'])
  })
  it('finds by name or code', () => expect(matchingSchools(schools, '00b').map(({ id }) => id)).toEqual(['b']))
})
