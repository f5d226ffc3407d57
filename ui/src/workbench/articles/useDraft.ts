import { ClientResponseError } from 'pocketbase'
import { reactive, ref, shallowRef, watch } from 'vue'
import { versions } from '../api'
import { session } from '../session'
import { without } from '../findings/findings'
import { copyOf, differenceOf, formOf, prefilled, withFile } from './draftForm'
import { dropCopy, findCopy, keepCopy } from './safetyCopy'
import { Conflict, useAutosave } from './useAutosave'
import type { Found, Note, VersionRecord } from '../types'
import type { DraftForm } from './draftForm'

/** The file that stands in the place of another, and what was found in the other only. */
export interface Swapped {
  id: string
  gone: Found[]
}

const unsaved = () => new ClientResponseError({ status: 400, response: { message: '内容还没有保存成功。请先处理保存时的问题，再清理附件。' } })

/** useDraft holds one open version: the form, what the server has of it, and the saving between them. */
export function useDraft(opened: VersionRecord) {
  const person = session.staff.value?.id ?? ''
  let stored = formOf(opened)
  let updated = opened.updated
  /** What the server answered last, to tell what it changed itself from what others wrote. */
  let known = stored
  let isBehind = false
  /** The scanner is asked though nothing differs. */
  let isChecking = false
  const form = reactive<DraftForm>(copyOf(prefilled(stored, opened)))
  const notes = ref<Note[]>([])
  /** What the scanner sees; null until something was saved. */
  const found = shallowRef<Found[] | null>(null)
  /** What somebody else saved meanwhile, while the writer has not said whose text is to stay. */
  const theirs = shallowRef<VersionRecord | null>(null)
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
    if (Object.keys(change).length === 0 && !isChecking) return
    await catchUp()
    const answer = await send({ ...change, base: updated })
    isChecking = false
    updated = answer.updated
    known = formOf(answer)
    isBehind = false
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
      if (!isStale) throw thrown
      theirs.value = await versions().getOne(opened.id).catch(() => null) // without it there is nothing to compare, and no overwriting
      throw new Conflict()
    }
  }

  /** The writer sees what was taken out, unless they have written on meanwhile. */
  function showCleaned(answer: VersionRecord, sent: DraftForm) {
    notes.value = answer.notes ?? []
    if (notes.value.length === 0 || form.body !== sent.body) return
    stored.body = form.body = answer.body
    redrawn.value++
  }

  /** check saves, and asks the scanner even where nothing was changed since the draft was opened. */
  function check(): Promise<boolean> {
    if (found.value === null) {
      isChecking = true
      autosave.changed()
    }
    return autosave.flush()
  }

  /**
   * swapFile lets the server put another file in the place of one. Nothing is
   * saved meanwhile; what is typed meanwhile stays and is saved after it.
   */
  async function swapFile(old: string, ask: () => Promise<Swapped>): Promise<void> {
    await autosave.flush()
    if (autosave.state.value === 'conflict' || !stored.attachments.includes(old)) throw unsaved()
    await autosave.alone(async () => {
      const fresh = await ask()
      replaceFile(old, fresh.id)
      found.value = found.value && without(found.value, fresh.gone)
      isBehind = true
      await catchUp().catch(() => undefined) // the next save asks again
    })
  }

  function replaceFile(old: string, fresh: string) {
    known = withFile(known, old, fresh)
    stored = withFile(stored, old, fresh)
    form.attachments = withFile(form, old, fresh).attachments
    if (!copy.value) return
    copy.value = { ...copy.value, form: withFile(copy.value.form, old, fresh) }
    keepCopy(person, opened.id, copy.value.form, new Date(copy.value.at))
  }

  /** catchUp goes on from what the server changed itself. Where somebody else wrote too, the next save is refused and asks. */
  async function catchUp(): Promise<void> {
    if (!isBehind) return
    const there = await versions().getOne(opened.id)
    isBehind = false
    if (Object.keys(differenceOf(known, formOf(there))).length === 0) updated = there.updated
  }

  /** reload takes what the server has and forgets one's own changes. */
  async function reload(): Promise<VersionRecord> {
    const there = await versions().getOne(opened.id)
    stored = known = formOf(there)
    updated = there.updated
    isBehind = false
    Object.assign(form, copyOf(stored))
    theirs.value = null
    redrawn.value++
    autosave.settle()
    return there
  }

  /** overwrite puts one's own text in the place of the one that was compared, and of no later one. */
  function overwrite(): Promise<boolean> {
    if (theirs.value) updated = theirs.value.updated
    theirs.value = null
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

  return { form, notes, found, theirs, redrawn, copy, useCopy, forgetCopy, check, swapFile, autosave, reload, overwrite }
}
