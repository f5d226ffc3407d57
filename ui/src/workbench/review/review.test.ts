import { describe, expect, it } from 'vitest'
import { checkOf, decisionName, emptyForm, wanted } from './review'
import type { DeskAction } from '../types'

const action = (over: Partial<DeskAction>): DeskAction => ({
  do: 'approve', label: '审核通过', duty: 'reviewer', instead_of: '', at_bureau: false, needs_reason: false, is_review: true, is_secrecy: false, is_referred: false, ...over,
})

describe('wanted', () => {
  it('asks the reviewer to go through the list before approving', () => {
    const want = wanted(action({}))
    expect(Object.keys(want.points)).toContain('facts')
    expect(want).toMatchObject({ grounds: false, results: [], basis: false, reason: false })
  })
  it('asks whoever returns a text only for the reason', () => {
    expect(wanted(action({ do: 'return', needs_reason: true }))).toEqual({ points: {}, grounds: false, results: [], basis: false, reason: true })
  })
  it('asks the secrecy reviewer for grounds, and for the basis when nothing is to appear', () => {
    expect(wanted(action({ do: 'return', is_secrecy: true, needs_reason: true }))).toMatchObject({ grounds: true, basis: false })
    const withhold = wanted(action({ do: 'withhold', is_secrecy: true, needs_reason: true }))
    expect(withhold).toMatchObject({ grounds: true, basis: true })
    expect(withhold.results.map(({ value }) => value)).toEqual(['on_application', 'not_public'])
  })
})

describe('checkOf', () => {
  const ticked = { ...emptyForm(), examined: ['facts', 'state_secret'], found: ['privacy'], result: 'not_public', basis: ' 条例第十五条 ' }
  it('leaves out what the action does not ask for', () => {
    expect(checkOf(ticked, wanted(action({})))).toEqual({ examined: ['facts'], found: [], result: '', basis: '' })
  })
  it('takes the only possible result without asking', () => {
    expect(checkOf(ticked, wanted(action({ do: 'clear', is_secrecy: true })))).toEqual({ examined: ['state_secret'], found: [], result: 'public', basis: '' })
  })
  it('takes the chosen result where there are two', () => {
    expect(checkOf(ticked, wanted(action({ do: 'withhold', is_secrecy: true })))).toMatchObject({ result: 'not_public', found: ['privacy'], basis: '条例第十五条' })
  })
})

it('names a decision as the secrecy review does', () => {
  expect(decisionName(action({ do: 'clear', is_secrecy: true }))).toBe('可公开')
  expect(decisionName(action({}))).toBe('审核通过')
})
