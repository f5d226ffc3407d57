import { computed, reactive, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import { afterSave } from '../form/afterSave'
import { useTask } from '../useTask'
import { saveText } from './inquiriesApi'
import type { InquiryDesk, TextView } from '../../shared/api/inquiries.gen'

type Kind = 'answer' | 'selection'

const written = ['title', 'question', 'answer', 'files'] as const
const same = (one: TextView, other: TextView): boolean => written.every((field) => JSON.stringify(one[field]) === JSON.stringify(other[field]))
const copyOf = (text: TextView): TextView => ({ ...text, files: [...(text.files ?? [])] })

/** openText is the text of a kind that is being written, null if there is none. */
export function openText(desk: InquiryDesk, kind: Kind): TextView | null {
  const text = kind === 'answer' ? desk.draft : desk.selection
  return text && !text.hash ? text : null
}

/** firstText is what one begins with: nothing, or what there is of letter and answer. */
export function firstText(desk: InquiryDesk, kind: Kind): TextView {
  const empty: TextView = { id: '', kind, title: '', question: '', answer: '', files: [], hash: '', updated: '', findings: [] }
  if (kind === 'answer') return empty
  const question = desk.fields.find(({ code }) => code === 'text')?.text ?? ''
  return { ...empty, title: desk.title, question, answer: desk.answers[desk.answers.length - 1]?.answer ?? '' }
}

/**
 * useText writes an answer, or what is to be published. A save names the state it
 * began from; where a colleague saved in between, their text is kept beside until
 * the person has chosen.
 */
export function useText(desk: Ref<InquiryDesk>, kind: Kind, reload: () => Promise<void>) {
  const kept = shallowRef<TextView>(openText(desk.value, kind) ?? firstText(desk.value, kind))
  const form = reactive<TextView>(copyOf(kept.value))
  const theirs = shallowRef<TextView | null>(null)
  const { pending, problem, run } = useTask()
  const isChanged = computed(() => !same(form, kept.value))
  const isSaved = computed(() => kept.value.updated !== '')

  function adopt(text: TextView) {
    kept.value = text
    Object.assign(form, copyOf(text))
  }

  // what came from elsewhere is taken over while nothing is written here
  watch(
    () => openText(desk.value, kind)?.updated,
    () => {
      const fresh = openText(desk.value, kind)
      if (!isChanged.value && fresh && fresh.updated !== kept.value.updated) adopt(fresh)
    },
  )

  /** save tells whether the text is on file as it stands here. */
  async function save(): Promise<boolean> {
    const sent = copyOf(form)
    const ok = await run(async () => {
      kept.value = await saveText(desk.value.id, sent)
      Object.assign(form, afterSave(form, sent, copyOf(kept.value), written))
    })
    if (problem.value?.status === 409) {
      await reload()
      theirs.value = openText(desk.value, kind)
    }
    return ok
  }

  /** settle ends a conflict: with one's own text over theirs, or with theirs. */
  function settle(mine: boolean) {
    if (!theirs.value) return
    if (mine) {
      kept.value = theirs.value
      form.updated = theirs.value.updated
    } else adopt(theirs.value)
    theirs.value = problem.value = null
  }

  return { form, pending, problem, isChanged, isSaved, theirs, save, settle }
}
