import { computed, reactive, ref, shallowRef } from 'vue'
import { today } from '../articles/articleWords'
import { useTask } from '../useTask'
import { arrivalFields, needsConfirmation } from './arrival'
import { agentFields, applicantFields, classField, contentFields } from './entryFields'
import { labelsOf, valuesOf } from './fields'
import { enterRequest } from './requestsApi'
import type { PaperField } from './entryFields'
import type { Receipt } from '../../shared/api/requests.gen'

/** useEntry is an application that came on paper, by telephone or at the counter, typed in by the clerk. */
export function useEntry() {
  const channel = ref('')
  const isKnown = ref(true) // the applicant was reached, where the day of receipt depends on it
  const arrival = computed(() => arrivalFields(channel.value, today(), isKnown.value))
  const asksKnown = computed(() => needsConfirmation(channel.value))
  const values = reactive(
    valuesOf([classField, ...applicantFields('person'), ...applicantFields('other'), ...agentFields, ...contentFields,
      ...['post', 'signed_post'].flatMap((kind) => arrivalFields(kind, today()))]),
  )
  const applicant = computed(() => applicantFields(String(values.class)))
  const ticks = reactive({ forms: ['paper'] as string[], ways: [] as string[] })
  const marks = reactive({ any_way: true, help: false })
  const files = reactive<Record<PaperField, File[]>>({ papers: [], proofs: [], mandates: [] })
  const receipt = shallowRef<Receipt | null>(null)
  const { pending, problem, run } = useTask()
  const labels = computed(() => labelsOf([...arrival.value, ...applicant.value]))
  let resend = newKey()

  /** bodyOf is what is sent: of the fields that are shown, those that are filled in. */
  function bodyOf(): FormData {
    const shown = [classField, ...arrival.value, ...applicant.value, ...agentFields, ...contentFields]
    const application: Record<string, unknown> = {
      ...Object.fromEntries(shown.flatMap(({ name }) => (values[name] ? [[name, typeof values[name] === 'string' ? values[name].trim() : values[name]]] : []))),
      ...ticks, ...marks, promised: true, channel: channel.value, register: !asksKnown.value || isKnown.value, resend,
    }
    if (channel.value === 'signed_post') application.arrived = values.signed_on
    const form = new FormData()
    form.append('application', JSON.stringify(application))
    for (const [field, list] of Object.entries(files)) for (const file of list) form.append(field, file)
    return form
  }

  const send = () => run(async () => (receipt.value = await enterRequest(bodyOf())))

  /** again begins with an empty form. */
  function again() {
    Object.assign(values, valuesOf([...applicantFields('person'), ...applicantFields('other'), ...agentFields, ...contentFields]))
    Object.assign(files, { papers: [], proofs: [], mandates: [] })
    receipt.value = problem.value = null
    resend = newKey()
  }

  return { channel, isKnown, asksKnown, arrival, values, applicant, ticks, marks, files, receipt, pending, problem, labels, send, again }
}

/** newKey names a form: sent twice it is one application. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
