import { ref, shallowRef } from 'vue'
import { problemOf } from './problem'
import type { Problem } from './problem'

/** useTask runs what a person asked for, one thing at a time, and tells what went wrong. */
export function useTask() {
  const pending = ref(false)
  const problem = shallowRef<Problem | null>(null)

  /** run tells whether the work was done. */
  async function run(work: () => Promise<unknown>): Promise<boolean> {
    if (pending.value) return false
    pending.value = true
    problem.value = null
    try {
      await work()
      return true
    } catch (thrown) {
      problem.value = problemOf(thrown)
      return false
    } finally {
      pending.value = false
    }
  }

  return { pending, problem, run }
}
