import { ClientResponseError } from 'pocketbase'
import { reactive, ref, shallowRef, watch } from 'vue'
import { versions } from '../api'
import { session } from '../session'
import { copyOf, differenceOf, formOf, prefilled } from './draftForm'
import { dropCopy, findCopy, keepCopy } from './safetyCopy'
import { Conflict, useAutosave } from './useAutosave'
import type { Found, Note, VersionRecord } from '../types'
import type { DraftForm } from './draftForm'

/** useDraft holds one open version: the form, what the server has of it, and the saving between them. */
export function useDraft(opened: VersionRecord) {
  const person = session.staff.value?.id ?? ''
  let stored = formOf(opened)
  let updated = opened.updated
  let isOverwriting = false
  const form = reactive<DraftForm>(copyOf(prefilled(stored, opened)))
  const notes = ref<Note[]>([])
  const found = shallowRef<Found[]>([])
  /** Raised when the text must be drawn again from the form. */
  const redrawn = ref(0)
  const copy = shallowRef(findCopy<DraftForm>(person, opened.id))
  if (copy.value && Object.keys(differenceOf(stored, copy.value.form)).length === 0) forgetCopy()

  const autosave = useAutosave({
    save,
    keepCopy: () => keepCopy(person, opened.id, form),
    // A copy that was found and not yet answered stays until it is.
    dropCopy: () => copy.value || dropCopy(person, opened.id),
  })
  watch(form, () => Object.keys(differenceOf(stored, form)).length > 0 && autosave.changed(), { deep: true, immediate: true })

  async function save(): Promise<void> {
    const sent = copyOf(form)
    const change = differenceOf(stored, sent)
    if (Object.keys(change).length === 0) return
    const answer = await send(isOverwriting ? change : { ...change, base: updated })
    isOverwriting = false
    updated = answer.updated
    found.value = answer.findings ?? []
    // What the server cleaned counts as stored; the form keeps what was typed.
    stored = sent
    if (change.body !== undefined) showCleaned(answer, sent)
  }

  /** The server refuses to write over what somebody else saved meanwhile. */
  async function send(change: object): Promise<VersionRecord> {
    try {
      return await versions().update(opened.id, change)
    } catch (thrown) {
      const isStale = thrown instanceof ClientResponseError && (thrown.status === 409 || 'id' in ((thrown.response.data as object | undefined) ?? {}))
      throw isStale ? new Conflict() : thrown
    }
  }

  /** The writer sees what was taken out, unless they have written on meanwhile. */
  function showCleaned(answer: VersionRecord, sent: DraftForm) {
    notes.value = answer.notes ?? []
    if (notes.value.length === 0 || form.body !== sent.body) return
    stored.body = form.body = answer.body
    redrawn.value++
  }

  /** reload takes what the server has and forgets one's own changes. */
  async function reload(): Promise<VersionRecord> {
    const there = await versions().getOne(opened.id)
    stored = formOf(there)
    updated = there.updated
    Object.assign(form, copyOf(stored))
    redrawn.value++
    autosave.settle()
    return there
  }

  function overwrite(): Promise<boolean> {
    isOverwriting = true
    return autosave.resume()
  }

  function useCopy() {
    if (!copy.value) return
    Object.assign(form, copy.value.form)
    copy.value = null
    redrawn.value++
  }

  function forgetCopy() {
    copy.value = null
    dropCopy(person, opened.id)
  }

  return { form, notes, found, redrawn, copy, useCopy, forgetCopy, autosave, reload, overwrite }
}
