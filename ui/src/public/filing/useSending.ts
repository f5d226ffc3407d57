import { ref } from 'vue'
import type { Problems } from './application'
import { Refused } from './send'

// useSending sends a form once, however often the button is pressed, and keeps
// what is wrong with it: the sentence of each field, or a detail about the whole.
export function useSending() {
  const isSending = ref(false)
  const problems = ref<Problems>({})
  const detail = ref('')

  // run does the work unless the browser itself finds something wrong, and gives
  // its answer, or null where there is none.
  async function run<T>(found: Problems, work: () => Promise<T>): Promise<T | null> {
    if (isSending.value) return null
    problems.value = found
    detail.value = ''
    if (Object.keys(found).length > 0) return null
    isSending.value = true
    try {
      return await work()
    } catch (cause) {
      const refused = told(cause)
      problems.value = refused.fields
      detail.value = Object.keys(refused.fields).length > 0 ? '' : refused.detail
      return null
    } finally {
      isSending.value = false
    }
  }

  return { isSending, problems, detail, run }
}

// told is whatever went wrong, in words for the visitor.
export function told(cause: unknown): Refused {
  if (cause instanceof Refused) return cause
  console.error(cause)
  return new Refused(0, '没有完成，请稍后再试。')
}
