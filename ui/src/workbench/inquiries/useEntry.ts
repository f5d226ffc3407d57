import { computed, reactive, shallowRef, watch } from 'vue'
import { today } from '../articles/articleWords'
import { useTask } from '../useTask'
import { categoriesOf, channelOf, mayBeAnonymous } from './entryFields'
import { enterLetter } from './inquiriesApi'
import type { LetterReceipt } from '../../shared/api/inquiries.gen'

const empty = () => ({ how: '', on: today(), channel: '', category: '', capacity: 'parent', name: '', contact: '', guardian: '', anonymous: false, may_publish: false })

/** useEntry is a letter that came by telephone, on paper or in person, typed in by the clerk. */
export function useEntry() {
  const form = reactive(empty())
  const fields = reactive<Record<string, string>>({})
  const papers = shallowRef<File[]>([])
  const receipt = shallowRef<LetterReceipt | null>(null)
  const { pending, problem, run } = useTask()
  const isAnonymous = computed(() => form.anonymous && mayBeAnonymous(form.category))
  let resend = newKey()

  // what fits one channel only is not carried to another
  watch(() => form.channel, (channel) => {
    const offered = categoriesOf(channel)
    if (!offered.some(({ value }) => value === form.category)) form.category = offered.length === 1 ? offered[0]!.value : ''
    for (const { code } of channelOf(channel)?.fields ?? []) fields[code] ??= ''
  })

  /** bodyOf is what is sent: of the fields that are shown, those that are filled in. */
  function bodyOf(): FormData {
    const asked = channelOf(form.channel)?.fields ?? []
    const letter = {
      ...form, anonymous: isAnonymous.value, may_publish: form.may_publish && Boolean(channelOf(form.channel)?.published),
      guardian: form.capacity === 'student' ? form.guardian : '', fields: Object.fromEntries(asked.map(({ code }) => [code, (fields[code] ?? '').trim()])), resend,
    }
    const body = new FormData()
    body.append('letter', JSON.stringify(letter))
    for (const paper of papers.value) body.append('papers', paper)
    return body
  }

  const send = () => run(async () => (receipt.value = await enterLetter(bodyOf())))

  /** again begins with an empty form. */
  function again() {
    Object.assign(form, empty())
    for (const code of Object.keys(fields)) fields[code] = ''
    papers.value = []
    receipt.value = problem.value = null
    resend = newKey()
  }

  const isBegun = computed(() => Boolean(form.name || Object.values(fields).some(Boolean)))
  return { form, fields, papers, receipt, pending, problem, isAnonymous, isBegun, send, again }
}

/** newKey names a form: sent twice it is one letter. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
