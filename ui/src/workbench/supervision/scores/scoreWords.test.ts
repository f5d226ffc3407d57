import { expect, it } from 'vitest'
import type { Indicator, Line, ScoreCard, ScoreObjection, WeightSet } from '../../../shared/api/scores.gen'
import { canObject, groupSum, hitsWord, linkOf, lostWord, pointsWord, resultWord, standingOf, tenthsOf, weightsBody, weightsForm } from './scoreWords'

const indicator: Indicator = { code: 'D3', name: '栏目更新及时', group: 'updating', unit: '个', hits: [{ key: 'stale', name: '超期的栏目', from: 0 }], wanted: '', how: '', basis: '', by_hand: false }
const line = (over: Partial<Line>): Line => ({ code: 'D3', measured: true, count: 0, hits: [], points: 0, most: 200, veto: false, items: [], back: 0, ...over })
const objection = (over: Partial<ScoreObjection>): ScoreObjection => ({
  id: 'o', school: '', school_name: '', month: '2026-11', code: 'D3', running: true, text: '', link: '', by: '', on: '', due: '2026-12-07', overdue: false, points: 20, decided: false, accepted: false,
  back: 0, reason: '', decided_by: '', decided_on: '', ...over,
})

it('writes and reads tenths of points', () => {
  expect([985, 1000, 5, 0].map(pointsWord)).toEqual(['98.5', '100', '0.5', '0'])
  expect(['98.5', '100', ' 0.5 ', '1.25', '-1', ''].map(tenthsOf)).toEqual([985, 1000, 5, NaN, NaN, NaN])
})

it('says what came of a line', () => {
  expect(resultWord(line({ measured: false }), indicator)).toBe('未测')
  expect(resultWord(line({}), indicator)).toBe('不扣分')
  expect(resultWord(line({ points: 45 }), indicator)).toBe('扣 4.5 分')
  expect(resultWord(line({ veto: true }), { ...indicator, group: '' })).toBe('否决')
  expect(hitsWord(line({ hits: [{ key: 'stale', count: 2, each: 20 }] }), indicator)).toBe('超期的栏目 2 个，每个 2 分')
  expect(lostWord(['D3', 'D4', 'D1', 'D2'].map((code) => ({ code, points: 10, count: 1 })))).toMatch(/^D3 栏目更新及时 −1；.* 等 4 项$/)
})

it('opens the evidence', () => {
  const item = { id: 'abc', label: '', date: '' }
  expect(linkOf({ ...item, kind: 'article' }, '1')).toEqual({ to: '/articles/abc' })
  expect(linkOf({ ...item, kind: 'column', id: 'A0308' }, '99')).toEqual({ href: '/s/99/A0308' })
  expect(linkOf({ ...item, kind: 'entered', id: '' }, '99')).toEqual({})
})

it('lets a school object once', () => {
  const card = { may_object: true, running: true, objections: [] as ScoreObjection[] } as unknown as ScoreCard
  expect(canObject(card, line({ points: 20 }))).toBe(true)
  expect(canObject(card, line({}))).toBe(false)
  expect(canObject({ ...card, objections: [objection({})] }, line({ points: 20 }))).toBe(false)
  expect(canObject({ ...card, running: false, objections: [objection({})] }, line({ points: 20 }))).toBe(true)
  expect(canObject({ ...card, may_object: false }, line({ points: 20 }))).toBe(false)
  expect(standingOf(objection({ overdue: true }))).toContain('已超过期限 2026-12-07')
  expect(standingOf(objection({ decided: true, accepted: true, back: 15 }))).toBe('已采纳，返还 1.5 分')
})

it('keeps weights through a form', () => {
  const set = { groups: { columns: 200, updating: 800 }, lines: { D3: { most: 150, hits: { stale: 20, key: 5 } } } } as unknown as WeightSet
  const form = weightsForm(set)
  expect(form['D3.hits.key']).toBe('0.5')
  expect(weightsBody(form)).toEqual({ groups: set.groups, lines: set.lines })
  expect(groupSum(form)).toBe(1000)
  expect(weightsBody({ ...form, 'D3.most': '很多' }).lines.D3!.most).toBe(-1)
})
