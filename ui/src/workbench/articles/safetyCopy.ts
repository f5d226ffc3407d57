/** A copy of unsaved text on this computer: for a lost network, never a second store. */
export interface SafetyCopy<T> {
  at: string
  form: T
}

const prefix = 'gongkai-draft:'
const keepDays = 7

const keyOf = (person: string, version: string) => `${prefix}${person}:${version}`

/** keepCopy writes the copy; a full store must not stop the writing. */
export function keepCopy(person: string, version: string, form: unknown, now = new Date()): void {
  try {
    localStorage.setItem(keyOf(person, version), JSON.stringify({ at: now.toISOString(), form }))
  } catch {
    // private mode or a full store: the copy is a second net, not the first
  }
}

export function dropCopy(person: string, version: string): void {
  try {
    localStorage.removeItem(keyOf(person, version))
  } catch {
    // as above
  }
}

/** findCopy gives one's own copy of a version, if there is one. */
export function findCopy<T>(person: string, version: string): SafetyCopy<T> | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(person, version)) ?? 'null') as SafetyCopy<T> | null
  } catch {
    return null
  }
}

/** sweepCopies removes copies that are too old, whoever's they are. */
export function sweepCopies(now = new Date()): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(prefix)) continue
      const { at } = JSON.parse(localStorage.getItem(key) ?? '{}') as { at?: string }
      const age = now.getTime() - new Date(at ?? 0).getTime()
      if (!(age < keepDays * 86_400_000)) localStorage.removeItem(key)
    }
  } catch {
    // as above
  }
}
