import { outcomeKindNames, outcomes as rows } from '../../shared/api/requests.gen'
import type { ReplyDraft } from '../../shared/api/requests.gen'

/** A row of what an answer may be. */
export interface Outcome {
  code: string
  kind: string
  name: string
  article: string
  hint: string
  caution: string
  needs: string[]
  files: boolean
}

export const outcomes: Outcome[] = rows

/** What is abandoned gets a letter of its own, not an answer. */
const noAnswer = ['6.1']

export interface OutcomeGroup {
  kind: string
  name: string
  outcomes: Outcome[]
}

export const groups: OutcomeGroup[] = Object.entries(outcomeKindNames).map(([kind, name]) => ({
  kind, name, outcomes: outcomes.filter((outcome) => outcome.kind === kind && !noAnswer.includes(outcome.code)),
}))

export const outcomeOf = (code: string): Outcome | undefined => outcomes.find((outcome) => outcome.code === code)

/** nameOf is kind and reason: 不予公开：属于国家秘密. */
export function nameOf(code: string): string {
  const outcome = outcomeOf(code)
  if (!outcome) return ''
  const kind = outcomeKindNames[outcome.kind as keyof typeof outcomeKindNames]
  return outcome.name ? `${kind}：${outcome.name}` : kind
}

/** What of a partial disclosure may be withheld. */
export const withholdable = outcomes.filter(({ kind }) => kind === 'refused' || kind === 'unavailable')

export const needWords: Record<string, string> = {
  file_or_way: '附件，或者获取的方式、途径和时间',
  way: '获取的方式、途径',
  redacted_copy: '遮盖后的副本',
  withheld: '不予公开的部分属于哪些情形',
  reason: '理由',
  basis: '条例以外的依据',
  consulted: '书面征求第三方意见',
  other_body: '负责公开的单位和联系方式',
  earlier: '以前答复书的文号',
}

/** What of the form is shown for an outcome; what is not needed is not asked. */
export interface Wanted {
  reason: boolean
  basis: boolean
  withheld: boolean
  files: boolean
  way: boolean
  otherBody: boolean
  earlier: boolean
  notConsulted: boolean
}

/** wanted says what an answer is asked for; of a partial disclosure also what the withheld part needs. */
export function wanted(draft: Pick<ReplyDraft, 'outcome' | 'withheld'>): Wanted {
  const outcome = outcomeOf(draft.outcome)
  const grounds = outcome?.kind === 'partial' ? [outcome, ...draft.withheld.flatMap((code) => outcomeOf(code) ?? [])] : outcome ? [outcome] : []
  const needs = (need: string) => grounds.some((ground) => ground.needs.includes(need))
  return {
    reason: outcome !== undefined,
    basis: needs('basis') || outcome?.kind === 'refused' || outcome?.kind === 'partial',
    withheld: needs('withheld'),
    files: outcome?.files ?? false,
    way: (outcome?.files ?? false) || needs('way') || outcome?.kind === 'declined',
    otherBody: needs('other_body'),
    earlier: needs('earlier'),
    notConsulted: needs('consulted'),
  }
}

/** isRequired: an answer of this outcome must have it. */
export const isRequired = (draft: Pick<ReplyDraft, 'outcome' | 'withheld'>, need: string): boolean => {
  const outcome = outcomeOf(draft.outcome)
  return [draft.outcome, ...(outcome?.kind === 'partial' ? draft.withheld : [])].some((code) => outcomeOf(code)?.needs.includes(need))
}
