import { computed, nextTick, onBeforeUnmount, reactive, ref, watch } from 'vue'
import type { Application, Papers, Problems, Receipt } from './application'
import { empty, lacks } from './application'
import { clearDraft, newResend, readDraft, saveDraft } from './draft'
import { useProof } from './proof'
import { Refused, send } from './send'
import { told } from './useSending'

// useFiling is one form of an application: what is filled in, its draft in the
// browser, its proof of work, and the way to the receipt.
export function useFiling(school: string) {
  const before = readDraft(school)
  const form = reactive<Application>({ ...empty(), ...before?.form })
  const papers = reactive<Papers>({ proofs: [], mandates: [] })
  const hasAgent = ref(before?.hasAgent ?? false)
  const problems = ref<Problems>({})
  const detail = ref('')
  const state = ref<'filling' | 'sending' | 'sent'>('filling')
  const receipt = ref<Receipt | null>(null)
  const isKept = ref(true) // whether the browser keeps drafts
  const proof = useProof()
  let resend = before?.resend ?? newResend()
  let timer = 0
  let isChanged = false // since it was kept

  const keep = () => {
    window.clearTimeout(timer)
    if (!isChanged || state.value === 'sent') return
    isChanged = false
    isKept.value = saveDraft(school, { form, hasAgent: hasAgent.value, resend })
  }
  watch([form, hasAgent], () => {
    isChanged = true
    proof.start() // while the rest is being typed
    window.clearTimeout(timer)
    timer = window.setTimeout(keep, 400)
  })
  window.addEventListener('pagehide', keep)
  onBeforeUnmount(() => {
    window.removeEventListener('pagehide', keep)
    keep()
  })

  // forget empties the form and takes its draft out of the browser.
  function forget(): void {
    Object.assign(form, empty())
    Object.assign(papers, { proofs: [], mandates: [] })
    hasAgent.value = false
    problems.value = {}
    detail.value = ''
    resend = newResend()
    clearDraft(school)
    void nextTick(() => {
      window.clearTimeout(timer)
      isChanged = false // emptying it is no change to keep
    })
  }

  async function submit(): Promise<void> {
    if (state.value !== 'filling') return // a double click
    detail.value = ''
    problems.value = lacks(form, papers, hasAgent.value)
    if (Object.keys(problems.value).length > 0) return
    state.value = 'sending'
    isChanged = true
    keep() // with its resend: after a lost answer the same receipt is shown
    try {
      receipt.value = await sendOnce().catch((cause: unknown) => {
        if (!(cause instanceof Refused) || !cause.fields.proof) throw cause
        proof.renew()
        return sendOnce()
      })
      state.value = 'sent'
      window.clearTimeout(timer)
      clearDraft(school)
    } catch (cause) {
      state.value = 'filling'
      const { fields, detail: words } = proof.state.value === 'failed' ? new Refused(0, proof.message.value) : told(cause)
      problems.value = inOrder(fields)
      detail.value = Object.keys(fields).length > 0 ? '' : words
    }
  }

  async function sendOnce(): Promise<Receipt> {
    const application = { ...form, ...(hasAgent.value ? {} : { agent_name: '', agent_id_kind: '', agent_id_number: '' }) }
    const body = new FormData()
    body.append('application', JSON.stringify({ ...application, resend, proof: await proof.payload() }))
    papers.proofs.forEach((file) => body.append('proofs', file))
    if (hasAgent.value) papers.mandates.forEach((file) => body.append('mandates', file))
    return send<Receipt>(`/api/app/schools/${encodeURIComponent(school)}/requests`, body)
  }

  const isWrong = computed(() => detail.value !== '' || Object.keys(problems.value).length > 0)
  return { form, papers, hasAgent, problems, detail, isWrong, state, receipt, isKept, wasKept: before !== null, proof, forget, submit }
}

// The server's answer is not in the order of the page.
const order = [
  ...['subject', 'details', 'index_no', 'purpose', 'forms', 'ways', 'any_way', 'class', 'name', 'id_kind', 'id_number', 'credit_code', 'legal_rep', 'contact'],
  ...['proofs', 'agent_name', 'agent_id_kind', 'agent_id_number', 'agent_mandates', 'phone', 'address', 'email', 'fax', 'postcode', 'work_unit', 'promised'],
]

function inOrder(fields: Problems): Problems {
  const place = (field: string) => (order.indexOf(field) + order.length) % order.length // unknown ones last
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => place(a) - place(b)))
}
