import { nextTick, onScopeDispose, ref, shallowRef } from 'vue'
import { isTemporary, problemOf } from '../problem'
import { session } from '../session'
import type { Problem } from '../problem'

export type SaveState = 'saved' | 'changed' | 'saving' | 'failed' | 'conflict'

/** Conflict is thrown by save() when somebody else changed the same draft. */
export class Conflict extends Error {}

interface Options {
  /** Sends what differs; throws on failure. */
  save: () => Promise<void>
  /** Keeps the unsaved text on this computer, and forgets it. */
  keepCopy: () => void
  dropCopy: () => void
  delay?: number
  /** However steadily somebody types, it is saved after this time. */
  longest?: number
  retry?: number
}

/** useAutosave decides when to save, never what. One save runs at a time. */
export function useAutosave({ save, keepCopy, dropCopy, delay = 1500, longest = 10_000, retry = 10_000 }: Options) {
  const state = ref<SaveState>('saved')
  const savedAt = shallowRef<Date | null>(null)
  const problem = shallowRef<Problem | null>(null)
  let isDirty = false
  let dirtySince = 0
  let running: Promise<boolean> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function later(wait: number) {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), wait)
  }

  /** changed says that the person changed something. */
  function changed() {
    if (!isDirty) dirtySince = Date.now()
    isDirty = true
    if (state.value === 'conflict') return
    if (!running) state.value = 'changed'
    later(Math.max(0, Math.min(delay, dirtySince + longest - Date.now())))
  }

  /** flush saves now and tells whether everything is on the server. */
  async function flush(): Promise<boolean> {
    await nextTick() // a change of this moment is told by a watcher
    clearTimeout(timer)
    while (running) await running // a second caller may have begun another
    if (state.value === 'conflict') return false
    if (!isDirty) return true
    running = attempt()
    const isSaved = await running
    return isSaved && !isDirty
  }

  async function attempt(): Promise<boolean> {
    isDirty = false
    state.value = 'saving'
    try {
      await save()
    } catch (thrown) {
      return failed(thrown)
    } finally {
      running = null
    }
    problem.value = null
    savedAt.value = new Date()
    state.value = isDirty ? 'changed' : 'saved'
    if (isDirty) later(delay)
    else dropCopy()
    return true
  }

  function failed(thrown: unknown): false {
    isDirty = true
    dirtySince = Date.now()
    keepCopy()
    if (thrown instanceof Conflict) {
      state.value = 'conflict'
      return false
    }
    problem.value = problemOf(thrown)
    state.value = 'failed'
    if (isTemporary(problem.value)) later(retry)
    return false
  }

  /**
   * alone runs work that changes the draft on the server while nothing is being
   * saved. What is typed meanwhile is saved after it.
   */
  async function alone<T>(work: () => Promise<T>): Promise<T> {
    while (running) await running
    const result = work()
    running = result.then(() => true, () => false)
    try {
      return await result
    } finally {
      running = null
      if (isDirty && state.value === 'saved') state.value = 'changed' // its timer runs already
    }
  }

  /** settle ends a conflict or forgets changes: what is shown is what the server has. */
  function settle() {
    clearTimeout(timer)
    isDirty = false
    state.value = 'saved'
    problem.value = null
    dropCopy()
  }

  /** resume ends a conflict by saving over what the server has. */
  function resume(): Promise<boolean> {
    state.value = 'changed'
    return flush()
  }

  const isUnsaved = () => isDirty || running !== null
  function onBeforeUnload(event: BeforeUnloadEvent) {
    if (!isUnsaved()) return
    keepCopy()
    void flush()
    event.preventDefault()
    event.returnValue = '' // older browsers
  }
  function onHidden() {
    if (document.visibilityState === 'hidden' && isUnsaved()) {
      keepCopy()
      void flush()
    }
  }
  const onOnline = () => void flush()

  window.addEventListener('beforeunload', onBeforeUnload)
  window.addEventListener('online', onOnline)
  document.addEventListener('visibilitychange', onHidden)
  const takeBack = session.beforeSignOut(flush)
  onScopeDispose(() => {
    clearTimeout(timer)
    takeBack()
    window.removeEventListener('beforeunload', onBeforeUnload)
    window.removeEventListener('online', onOnline)
    document.removeEventListener('visibilitychange', onHidden)
  })

  return { state, savedAt, problem, changed, flush, alone, settle, resume, isUnsaved }
}
