import { ref, shallowRef } from 'vue'
import { problemOf } from './problem'
import type { Problem } from './problem'

/** useLoaded runs a fetch and tells data, error and pending; the last call wins. */
export function useLoaded<T>(fetch: () => Promise<T>) {
  const data = shallowRef<T | null>(null)
  const error = shallowRef<Problem | null>(null)
  const pending = ref(false)
  let latest = 0

  async function load(): Promise<void> {
    const mine = ++latest
    pending.value = true
    try {
      const fresh = await fetch()
      if (mine !== latest) return
      data.value = fresh
      error.value = null
    } catch (thrown) {
      if (mine === latest) error.value = problemOf(thrown)
    } finally {
      if (mine === latest) pending.value = false
    }
  }

  return { data, error, pending, load }
}
