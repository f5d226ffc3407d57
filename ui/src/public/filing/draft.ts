import type { Application } from './application'

// Draft is a form that was begun, kept in the browser for a week: without the
// numbers of identity documents and without files. Resend tells the server that
// it is the same form, however often it is sent.
export interface Draft {
  savedAt: number // milliseconds
  resend: string
  form: Application
  hasAgent: boolean
}

const goodFor = 7 * 24 * 60 * 60_000

const keyOf = (school: string) => `gongkai.apply.${school}`

// readDraft gives the draft for a school, or null. What is too old is removed.
export function readDraft(school: string): Draft | null {
  try {
    const draft = JSON.parse(localStorage.getItem(keyOf(school)) ?? 'null') as Draft | null
    if (!draft || typeof draft.form !== 'object' || typeof draft.resend !== 'string') return null
    const age = Date.now() - draft.savedAt
    if (age >= 0 && age < goodFor) return draft
    clearDraft(school)
  } catch {
    // Storage is switched off, or holds something else: there is no draft.
  }
  return null
}

// saveDraft tells whether the browser keeps drafts.
export function saveDraft(school: string, draft: Omit<Draft, 'savedAt'>): boolean {
  const form = { ...draft.form, id_number: '', agent_id_number: '' }
  try {
    localStorage.setItem(keyOf(school), JSON.stringify({ ...draft, form, savedAt: Date.now() }))
    return true
  } catch {
    return false
  }
}

export function clearDraft(school: string): void {
  try {
    localStorage.removeItem(keyOf(school))
  } catch {
    // Storage is switched off: nothing was kept.
  }
}

// newResend makes the name of a form that nobody can guess.
export function newResend(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => (byte + 256).toString(16).slice(1)).join('')
}
