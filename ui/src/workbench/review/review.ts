import { reviewPoints, secrecyPoints, secrecyResults } from '../../shared/api/schema.gen'
import type { Check, DeskAction, StepAction } from '../types'

/** What a reviewer has ticked and written so far. */
export interface ReviewForm {
  action: StepAction | ''
  examined: string[]
  found: string[]
  result: string
  basis: string
  reason: string
}

export const emptyForm = (): ReviewForm => ({ action: '', examined: [], found: [], result: '', basis: '', reason: '' })

/** What the form asks for, of one action. */
export interface Wanted {
  /** The list to go through, point by point. */
  points: Record<string, string>
  /** The grounds that stand against publication. */
  grounds: boolean
  results: { value: string; name: string }[]
  basis: boolean
  reason: boolean
}

const results: Partial<Record<StepAction, (keyof typeof secrecyResults)[]>> = {
  clear: ['public'], return: ['redact'], withhold: ['on_application', 'not_public'], refer: ['ask_above'],
}

/** wanted says what the record of a review must show (the server asks for the same). */
export function wanted(action: DeskAction): Wanted {
  const do_ = action.do as StepAction
  const against = action.is_secrecy && (do_ === 'return' || do_ === 'withhold')
  return {
    points: do_ === 'approve' ? reviewPoints : do_ === 'clear' ? secrecyPoints : {},
    grounds: against,
    results: action.is_secrecy ? (results[do_] ?? []).map((value) => ({ value, name: secrecyResults[value] })) : [],
    basis: action.is_secrecy && do_ === 'withhold',
    reason: action.needs_reason,
  }
}

/** checkOf is the record that goes with the step; what another action would have asked for is left out. */
export function checkOf(form: ReviewForm, want: Wanted): Check {
  return {
    examined: Object.keys(want.points).filter((point) => form.examined.includes(point)),
    found: want.grounds ? form.found : [],
    result: want.results.length === 1 ? want.results[0]!.value : want.results.length > 1 ? form.result : '',
    basis: want.basis ? form.basis.trim() : '',
  }
}

/** decisionName is the action as a reviewer would say it. */
export function decisionName(action: DeskAction): string {
  if (action.is_secrecy && action.do === 'clear') return '可公开'
  if (action.is_secrecy && action.do === 'return') return '删减后公开：退回修改'
  return action.label
}
