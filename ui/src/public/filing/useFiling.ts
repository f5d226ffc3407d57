import { computed, nextTick, onBeforeUnmount, reactive, ref, shallowRef, watch } from 'vue'
import type { Problems } from './application'
import { clearDraft, newResend, readDraft, saveDraft } from './draft'
import { useProof } from './proof'
import { Refused, send } from './send'
import { told } from './useSending'

// Filing is what differs from form to form.
interface Filing<F> {
  draft: string // the name of its draft in this browser
  empty: () => F
  kept: (form: F) => F | null // what of it may stay in the browser; null: nothing
  lacks: (form: F) => Problems
  address: string // that it is sent to
  pack: (form: F, resend: string, proof: string) => FormData
  order: readonly string[] // of the fields on the page
  emptied?: () => void // it was cleared: so are its files
}

// useFiling is one form that a visitor files: what is filled in, its draft in the
// browser, its proof of work, and the way to the receipt.
export function useFiling<F extends object, R>(filing: Filing<F>) {
  const before = readDraft<F>(filing.draft)
  const form = reactive({ ...filing.empty(), ...before?.form }) as F
  const problems = ref<Problems>({})
  const detail = ref('')
  const state = ref<'filling' | 'sending' | 'sent'>('filling')
  const receipt = shallowRef<R | null>(null)
  const isKept = ref(true) // whether the browser keeps drafts
  const proof = useProof()
  let resend = before?.resend ?? newResend()
  let timer = 0
  let isChanged = false // since it was kept

  const keep = () => {
    window.clearTimeout(timer)
    if (!isChanged || state.value === 'sent') return
    isChanged = false
    const kept = filing.kept(form)
    if (kept) isKept.value = saveDraft(filing.draft, { form: kept, resend })
    else clearDraft(filing.draft)
  }
  watch(form, () => {
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
    Object.assign(form, filing.empty())
    filing.emptied?.()
    problems.value = {}
    detail.value = ''
    resend = newResend()
    clearDraft(filing.draft)
    void nextTick(() => {
      window.clearTimeout(timer)
      isChanged = false // emptying it is no change to keep
    })
  }

  async function submit(): Promise<void> {
    if (state.value !== 'filling') return // a double click
    detail.value = ''
    problems.value = filing.lacks(form)
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
      clearDraft(filing.draft)
    } catch (cause) {
      state.value = 'filling'
      const { fields, detail: words } = proof.state.value === 'failed' ? new Refused(0, proof.message.value) : told(cause)
      problems.value = inOrder(fields)
      detail.value = Object.keys(fields).length > 0 ? '' : words
    }
  }

  const sendOnce = async () => send<R>(filing.address, filing.pack(form, resend, await proof.payload()))

  // The server's answer is not in the order of the page.
  function inOrder(fields: Problems): Problems {
    const { order } = filing
    const place = (field: string) => (order.indexOf(field) + order.length) % order.length // unknown ones last
    return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => place(a) - place(b)))
  }

  const isWrong = computed(() => detail.value !== '' || Object.keys(problems.value).length > 0)
  return { form, problems, detail, isWrong, state, receipt, isKept, wasKept: before !== null, proof, forget, submit }
}
