import { ref, shallowRef } from 'vue'
import { ClientResponseError } from 'pocketbase'
import { requestActionNames } from '../../shared/api/requests.gen'
import { useLoaded } from '../useLoaded'
import { fetchRequest, previewStep, takeStep } from './requestsApi'
import type { StepBody } from './requestsApi'
import type { LetterPreview } from '../../shared/api/requests.gen'

/** take takes a step; it throws what stands against it. */
export type Take = (step: StepBody) => Promise<void>
export type Preview = (step: StepBody) => Promise<LetterPreview>

/** useRequest loads one request and takes steps on it. */
export function useRequest(id: string) {
  const loaded = useLoaded(() => fetchRequest(id))
  /** What was just done, for the success message. */
  const done = shallowRef('')
  /** A colleague was quicker: what is shown was loaded anew. */
  const isOvertaken = ref(false)

  const take: Take = async (step) => {
    done.value = ''
    isOvertaken.value = false
    try {
      loaded.data.value = await takeStep(id, step)
      done.value = doneWord(step.do)
    } catch (thrown) {
      if (thrown instanceof ClientResponseError && thrown.status >= 400 && thrown.status < 500) await lookAgain()
      throw thrown
    }
  }

  /** lookAgain loads the case anew if somebody else took a step on it meanwhile. */
  async function lookAgain() {
    const known = loaded.data.value?.steps.length
    const fresh = await fetchRequest(id).catch(() => null)
    if (!fresh || fresh.steps.length === known) return
    loaded.data.value = fresh
    isOvertaken.value = true
  }

  return { ...loaded, done, isOvertaken, take, preview: (step: StepBody) => previewStep(id, step) }
}

/** doneWord says that a step was taken. */
function doneWord(action: string): string {
  const name = requestActionNames[action as keyof typeof requestActionNames] ?? ''
  return name ? `已${name.replace(/^已/, '')}。` : '已办理。'
}
