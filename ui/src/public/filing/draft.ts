// Draft is a form that was begun, kept in the browser for a week: without what
// says who somebody is, and without files. Resend tells the server that it is the
// same form, however often it is sent.
export interface Draft<F> {
  savedAt: number // milliseconds
  resend: string
  form: F
}

const goodFor = 7 * 24 * 60 * 60_000

const keyOf = (name: string) => `gongkai.${name}`

// readDraft gives the draft of a name, or null. What is too old is removed.
export function readDraft<F>(name: string): Draft<F> | null {
  try {
    const draft = JSON.parse(localStorage.getItem(keyOf(name)) ?? 'null') as Draft<F> | null
    if (!draft || typeof draft.form !== 'object' || typeof draft.resend !== 'string') return null
    const age = Date.now() - draft.savedAt
    if (age >= 0 && age < goodFor) return draft
    clearDraft(name)
  } catch {
    // Storage is switched off, or holds something else: there is no draft.
  }
  return null
}

// saveDraft tells whether the browser keeps drafts.
export function saveDraft<F>(name: string, draft: Omit<Draft<F>, 'savedAt'>): boolean {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify({ ...draft, savedAt: Date.now() }))
    return true
  } catch {
    return false
  }
}

export function clearDraft(name: string): void {
  try {
    localStorage.removeItem(keyOf(name))
  } catch {
    // Storage is switched off: nothing was kept.
  }
}

// draftDay is the day of a draft in words, '' where there is none.
export function draftDay(name: string): string {
  const draft = readDraft(name)
  return draft ? new Date(draft.savedAt).toLocaleDateString('zh-CN', { month: 'long', day: 'numeric' }) : ''
}

// newResend makes the name of a form that nobody can guess.
export function newResend(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => (byte + 256).toString(16).slice(1)).join('')
}
