import type { Ending } from './schoolsApi'
import { movesOf } from './staffMoves'
import type { Moves } from './staffMoves'

/** An EndingForm is how a school is to end, as it is filled in; schools are named by their codes, '' is none. */
export interface EndingForm {
  kind: string
  into: string[]
  on: string
  cases_to: string
  reason: string
}

/** successorsOf are the schools that go on: none where the school is closed. */
export const successorsOf = ({ kind, into }: EndingForm): string[] => (kind === 'close' ? [] : into.filter(Boolean))

/** takersOf are the schools that cases and people may go to. */
export const takersOf = (form: EndingForm): string[] => (form.kind === 'close' ? [form.cases_to].filter(Boolean) : successorsOf(form))

/** forget takes back what was chosen for schools that are no longer among the takers. */
export function forget(takers: readonly string[], form: EndingForm, cases: Record<string, string>, moves: Moves): void {
  if (form.kind !== 'close' && !takers.includes(form.cases_to)) form.cases_to = ''
  for (const [id, code] of Object.entries(cases)) if (!takers.includes(code)) cases[id] = ''
  for (const move of Object.values(moves)) if (!takers.includes(move.school)) Object.assign(move, { school: '', duties: [] })
}

/** endingOf is what is sent. */
export const endingOf = (form: EndingForm, cases: Record<string, string>, moves: Moves): Ending => ({
  ...form, into: successorsOf(form), cases: Object.fromEntries(Object.entries(cases).filter(([, code]) => code)), staff: movesOf(moves),
})
