import { ref, shallowRef } from 'vue'
import { ClientResponseError } from 'pocketbase'
import { inquiryActionNames } from '../../shared/api/inquiries.gen'
import { useLoaded } from '../useLoaded'
import { fetchInquiry, takeStep } from './inquiriesApi'
import type { StepBody } from './inquiriesApi'

/** take takes a step; it throws what stands against it. */
export type Take = (step: StepBody) => Promise<void>

/** useInquiry loads one letter and takes steps on it. */
export function useInquiry(id: string) {
  const loaded = useLoaded(() => fetchInquiry(id))
  /** What was just done, for the success message. */
  const done = shallowRef('')
  /** A colleague was quicker: what is shown was loaded anew. */
  const isOvertaken = ref(false)
  /** After the step the letter is another unit's. */
  const isGone = ref(false)

  const take: Take = async (step) => {
    done.value = ''
    isOvertaken.value = false
    try {
      const desk = await takeStep(id, step)
      done.value = doneWord(step.do)
      if (desk) loaded.data.value = desk
      else isGone.value = true
    } catch (thrown) {
      if (thrown instanceof ClientResponseError && thrown.status >= 400 && thrown.status < 500) await lookAgain()
      throw thrown
    }
  }

  /** lookAgain loads the letter anew if somebody else took a step on it meanwhile. */
  async function lookAgain() {
    const known = loaded.data.value?.steps.length
    const fresh = await fetchInquiry(id).catch(() => null)
    if (!fresh || fresh.steps.length === known) return
    loaded.data.value = fresh
    isOvertaken.value = true
  }

  return { ...loaded, done, isOvertaken, isGone, take }
}

/** doneWord says that a step was taken. */
export const doneWord = (action: string): string => `已${(inquiryActionNames[action as keyof typeof inquiryActionNames] ?? '办理').replace(/^决定/, '')}。`
