import { describe, expect, it } from 'vitest'
import { bodyOf, columnWords, emptyForm, faultsOf, inOrder, stateOf } from './ruleWords'
import type { RuleForm } from './ruleWords'
import type { Group } from '../../shared/api/open'

const today = '2026-11-24'
const rule = (valid_from: string, column = '', stage = '', ownership = '') => ({ column, stage, ownership, valid_from })
const form = (more: Partial<RuleForm> = {}): RuleForm => ({ ...emptyForm(today), form: 'standard', ...more })

it('the newest rule of a scope that has begun is in force', () => {
  const rules = [rule('2026-01-01'), rule('2026-06-01'), rule('2027-01-01'), rule('2026-03-01', 'A04')]
  expect(rules.map((one) => stateOf(one, rules, today))).toEqual(['replaced', 'in_force', 'future', 'in_force'])
})

it('a rule that begins today is in force', () => expect(stateOf(rule(today), [rule(today), rule('2026-01-01')], today)).toBe('in_force'))

describe('faultsOf', () => {
  it.each([
    ['nothing', form(), []],
    ['no form', form({ form: '' }), ['form']],
    ['no days', form({ workdays: '' }), ['workdays']],
    ['half a day', form({ workdays: '1.5' }), ['workdays']],
    ['too many days', form({ workdays: '21' }), ['workdays']],
    ['a day that has passed', form({ valid_from: '2026-11-23' }), ['valid_from']],
    ['no day', form({ valid_from: '' }), ['valid_from']],
    ['a day that is taken', form({ column: 'A04', valid_from: '2027-01-01' }), ['valid_from']],
    ['the same day of another scope', form({ column: 'A04', stage: '小学', valid_from: '2027-01-01' }), []],
  ])('finds %s', (_, given, want) => expect(faultsOf(given, [rule('2027-01-01', 'A04')], today).map(({ field }) => field)).toEqual(want))
})

it('“all” is sent as nothing', () => {
  expect(bodyOf(form({ stage: '小学', workdays: '3', reason: ' 因 ' }))).toEqual({
    column: '', stage: '小学', ownership: '', form: 'standard', workdays: 3, valid_from: today, reason: '因',
  })
})

it('names columns, groups and all', () => {
  const groups = [{ code: 'A04', name: '招生', columns: [{ code: 'A0402', name: '招生简章' }] }] as unknown as Group[]
  expect(['', 'A04', 'A0402', 'A', 'A99'].map((code) => columnWords(code, groups))).toEqual(['全部栏目', '招生（整组 A04）', '招生简章（A0402）', 'A 类全部栏目', 'A99'])
})

it('general rules come first, and the newest of a scope', () => {
  const list = [rule('2026-01-01', 'A04'), rule('2026-01-01'), rule('2026-06-01')]
  expect([...list].sort(inOrder).map((one) => one.column + one.valid_from)).toEqual(['2026-06-01', '2026-01-01', 'A042026-01-01'])
})
