import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { pb } from '../api'
import { isTemporary, problemOf } from '../problem'
import { session } from '../session'
import type { EditLock } from '../../shared/api/schema.gen'

/** How often a sign of life is given; without one the lock lapses after 90 s. */
export const beat = 30_000

/** The two calls; keepalive lets the last one outlive the page. */
export interface LockCalls {
  hold: (takeOver: boolean) => Promise<EditLock>
  release: () => Promise<unknown>
}

const callsOf = (version: string): LockCalls => ({
  hold: (takeOver) => pb.send<EditLock>(`/api/app/versions/${version}/lock`, { method: 'POST', body: { take_over: takeOver } }),
  release: () => pb.send(`/api/app/versions/${version}/lock`, { method: 'DELETE', keepalive: true }),
})

/**
 * useEditLock holds the lock of a version while somebody writes on it, and tells
 * who has it if it is not them. It is a warning between colleagues: saving over
 * somebody's text is refused by the server, lock or no lock.
 */
export function useEditLock(version: string, calls: LockCalls = callsOf(version)) {
  const lock = shallowRef<EditLock | null>(null)
  /** One had it, until somebody took over. */
  const isLost = ref(false)
  const pending = ref(false)
  const isElsewhere = computed(() => lock.value !== null && !lock.value.mine)
  let isOver = false

  async function hold(takeOver = false) {
    if (isOver) return
    try {
      const now = await calls.hold(takeOver)
      if (isOver) return
      isLost.value = !now.mine && (isLost.value || lock.value?.mine === true)
      lock.value = now
    } catch (thrown) {
      // Submitted or deleted: there is nothing to lock. A lost network is told by the saving.
      if (!isTemporary(problemOf(thrown))) stop()
    }
  }

  async function takeOver() {
    pending.value = true
    await hold(true)
    pending.value = false
  }

  function stop() {
    isOver = true
    lock.value = null
    isLost.value = false
    clearInterval(timer)
  }

  /** release gives the lock back, if one has it. */
  async function release() {
    if (lock.value?.mine) await calls.release().catch(() => undefined) // it lapses by itself
  }

  // A computer that slept looks at once who writes now.
  const wake = () => document.visibilityState === 'visible' && void hold()
  const leave = () => void release()
  const timer = setInterval(() => void hold(), beat)
  const forget = session.beforeSignOut(release)
  document.addEventListener('visibilitychange', wake)
  window.addEventListener('pagehide', leave)
  onScopeDispose(() => {
    void release()
    stop()
    forget()
    document.removeEventListener('visibilitychange', wake)
    window.removeEventListener('pagehide', leave)
  })
  void hold()

  return { lock, isElsewhere, isLost, pending, takeOver }
}
