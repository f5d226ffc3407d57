import { describe, expect, it } from 'vitest'
import { endingOf, forget, takersOf } from './endingChoice'
import type { EndingForm } from './endingChoice'

const form = (rest: Partial<EndingForm>): EndingForm => ({ kind: 'merge', into: ['2'], on: '2026-09-01', cases_to: '', reason: '批复', ...rest })

describe('takersOf', () => {
  it.each([
    ['a merger leads to its successor', form({}), ['2']],
    ['a split to those that are chosen', form({ kind: 'split', into: ['2', '', '3'] }), ['2', '3']],
    ['a closing to who takes the cases', form({ kind: 'close', into: ['2'], cases_to: '4' }), ['4']],
    ['or to nobody', form({ kind: 'close', into: ['2'] }), []],
    ['without a successor there is nobody yet', form({ into: [''], cases_to: '4' }), []],
  ])('%s', (_, ending, want) => expect(takersOf(ending)).toEqual(want))
})

describe('what was chosen before the successor changed', () => {
  const sent = (ending: EndingForm) => {
    const cases = { a: '2', b: '3' }
    const moves = { p: { school: '2', duties: ['clerk'] }, q: { school: '3', duties: ['editor'] } }
    forget(takersOf(ending), ending, cases, moves)
    return endingOf(ending, cases, moves)
  }
  it.each([
    ['of a split one school is another', form({ kind: 'split', into: ['3', '4'], cases_to: '2' }), { into: ['3', '4'], cases_to: '', cases: { b: '3' }, staff: [{ staff: 'q', school: '3', duties: ['editor'] }] }],
    ['what still belongs stays', form({ kind: 'split', into: ['2', '3'], cases_to: '3' }), { into: ['2', '3'], cases_to: '3', cases: { a: '2', b: '3' } }],
    ['a split became a merger', form({ into: ['4'], cases_to: '2' }), { into: ['4'], cases_to: '', cases: {}, staff: [] }],
    ['a merger became a closing', form({ kind: 'close', into: ['2'], cases_to: '4' }), { into: [], cases_to: '4', cases: {}, staff: [] }],
  ])('is not sent: %s', (_, ending, want) => expect(sent(ending)).toMatchObject(want))
})
