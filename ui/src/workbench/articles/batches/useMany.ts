import { onScopeDispose, ref, shallowRef } from 'vue'
import { useTask } from '../../useTask'
import { askMany } from './batchApi'
import type { ManyResult } from '../../../shared/api/imports.gen'
import type { Many } from './batchApi'

/** How many go in one request: what is shown of the progress is as fine as that. */
const atOnce = 20

/** useMany asks for many drafts, some at a time, and tells how far it is; it can be stopped between two requests. */
export function useMany() {
  const { pending, problem, run } = useTask()
  const progress = ref(0)
  const total = ref(0)
  const isStopping = ref(false)
  const result = shallowRef<ManyResult | null>(null)
  const left = ref(0)
  const asked = ref('')

  onScopeDispose(() => (isStopping.value = true)) // who leaves the page cannot see what goes on

  async function ask(batch: string, many: Many, articles: string[]): Promise<void> {
    progress.value = left.value = 0
    total.value = articles.length
    isStopping.value = false
    asked.value = many.action ?? many.what
    result.value = null
    await run(async () => {
      let sum: ManyResult = { done: 0, refused: 0, lines: [] }
      for (let at = 0; at < articles.length && !isStopping.value; at += atOnce) {
        const part = await askMany(batch, many, articles.slice(at, at + atOnce))
        sum = { done: sum.done + part.done, refused: sum.refused + part.refused, lines: [...sum.lines, ...part.lines] }
        progress.value = sum.lines.length
        result.value = sum
      }
    })
    left.value = total.value - progress.value
  }

  return { pending, problem, progress, total, isStopping, result, left, asked, ask, stop: () => (isStopping.value = true) }
}
