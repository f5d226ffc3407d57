import type { KindDefinition, SilenceLine } from '../../../shared/api/silence.gen'

/** stateOf says how far a silence has come. */
export function stateOf(line: SilenceLine): { word: string; look: 'is-plain' | 'is-care' | 'is-good' } {
  if (line.ended_at) return { word: '已自行结束', look: 'is-good' }
  if (line.waits) return { word: '请联系学校', look: 'is-care' }
  return line.noted_at ? { word: '已联系', look: 'is-plain' } : { word: '已提醒学校', look: 'is-plain' }
}

export interface KindChoice {
  kind: string
  label: string
}

/** choicesOf are the kinds that there are, with how many schools. */
export const choicesOf = (kinds: KindDefinition[], lines: SilenceLine[]): KindChoice[] =>
  kinds
    .map(({ kind, name }) => ({ kind, count: lines.filter((line) => line.kind === kind).length, name }))
    .filter(({ count }) => count > 0)
    .map(({ kind, name, count }) => ({ kind, label: `${name}（${count}）` }))
