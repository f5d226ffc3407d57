import type { KindDefinition, SilenceLine } from '../../../shared/api/silence.gen'

/** stateOf says how far a silence has come, to the bureau or to the school. */
export function stateOf(line: SilenceLine, isBureau: boolean): { word: string; look: 'is-plain' | 'is-care' | 'is-good' } {
  if (line.ended_at) return { word: '已自行结束', look: 'is-good' }
  if (!isBureau) return line.task_at ? { word: '区教育局会联系学校', look: 'is-care' } : { word: '请尽快处理', look: 'is-care' }
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

const places: Record<string, { name: string; text: string }> = {
  duty: { name: 'staff', text: '看人员' }, mail: { name: 'staff', text: '看人员' }, invitation: { name: 'staff', text: '看人员' }, sign_in: { name: 'inbox', text: '看待办' },
  reviews: { name: 'inbox', text: '看待办' }, publication: { name: 'articles', text: '看信息' }, requests: { name: 'requests', text: '看申请' }, letters: { name: 'inquiries', text: '看来信' },
}

/** behind is the page that shows what a silence counts; of another's school the bureau sees requests and letters. */
export function behind(line: SilenceLine, isBureau: boolean): { to: { name: string; query: Record<string, string> }; text: string } | null {
  const place = places[line.kind]
  if (!place) return null
  if (!isBureau) return { to: { name: place.name, query: {} }, text: place.text }
  const query: Record<string, Record<string, string>> = { requests: { school: line.school_code }, letters: { unit: line.school_code } }
  return query[line.kind] ? { to: { name: place.name, query: query[line.kind]! }, text: place.text } : null
}
