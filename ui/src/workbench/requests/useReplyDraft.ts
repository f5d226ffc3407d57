import { computed, reactive, ref, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import { afterSave } from '../form/afterSave'
import { useTask } from '../useTask'
import { saveDraft } from './requestsApi'
import type { ReplyDraft, RequestDesk } from '../../shared/api/requests.gen'

export const emptyDraft = (content: string): ReplyDraft => ({
  id: '', outcome: '', content, reason: '', basis: '', withheld: [], files: [], link: '', obtain: '', other_body: '', other_contact: '', body_unknown: false, earlier: '',
  not_consulted: '', remedy: '', supplement: '', hash: '', updated: '', problems: {},
})

const texts = ['outcome', 'content', 'reason', 'basis', 'withheld', 'files', 'link', 'obtain', 'other_body', 'other_contact', 'body_unknown', 'earlier', 'not_consulted', 'remedy', 'supplement'] as const

/** sameText: two drafts say the same. */
export const sameText = (one: ReplyDraft, other: ReplyDraft): boolean => texts.every((field) => JSON.stringify(one[field]) === JSON.stringify(other[field]))

/**
 * useReplyDraft writes the draft of an answer. A save names the state it began
 * from; where a colleague saved in between, their text is kept beside until the
 * person has chosen.
 */
export function useReplyDraft(desk: Ref<RequestDesk>, reload: () => Promise<void>) {
  const start = () => desk.value.draft ?? emptyDraft([desk.value.asked.subject, desk.value.asked.details].filter(Boolean).join('\n'))
  const copyOf = (draft: ReplyDraft): ReplyDraft => JSON.parse(JSON.stringify(draft)) as ReplyDraft
  const kept = shallowRef<ReplyDraft>(start())
  const form = reactive<ReplyDraft>(copyOf(kept.value))
  const theirs = shallowRef<ReplyDraft | null>(null)
  const isSaved = ref(desk.value.draft !== null)
  const { pending, problem, run } = useTask()
  const isChanged = computed(() => !sameText(form, kept.value))
  const problems = computed(() => (isChanged.value ? {} : kept.value.problems))

  function adopt(draft: ReplyDraft) {
    kept.value = draft
    Object.assign(form, copyOf(draft))
  }

  // what came from elsewhere is taken over while nothing is written here
  watch(
    () => desk.value.draft?.updated,
    () => {
      if (!isChanged.value && desk.value.draft && desk.value.draft.updated !== kept.value.updated) adopt(desk.value.draft)
    },
  )

  /** save tells whether the draft is on file as it stands here. */
  async function save(): Promise<boolean> {
    const sent = copyOf(form)
    const ok = await run(async () => {
      kept.value = await saveDraft(desk.value.id, sent)
      Object.assign(form, afterSave(form, sent, copyOf(kept.value), texts))
    })
    if (ok) isSaved.value = true
    if (problem.value?.status === 409) {
      await reload()
      theirs.value = desk.value.draft
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

  return { form, pending, problem, problems, isChanged, isSaved, theirs, save, settle }
}
