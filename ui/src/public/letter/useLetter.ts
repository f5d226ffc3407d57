import { reactive } from 'vue'
import type { LetterReceipt } from '../../shared/api/inquiries.gen'
import { useFiling } from '../filing/useFiling'
import type { Channel, Letter } from './letter'
import { empty, kept, lacks, sent } from './letter'

// draftOf is the name of the draft of a letter in this browser.
export const draftOf = (channel: string, unit: string) => `letter.${channel}.${unit}`

// useLetter is the form of a letter to a unit: a school by its code, or "bureau".
export function useLetter(channel: Channel, unit: string) {
  const papers = reactive<{ files: File[] }>({ files: [] })
  const filing = useFiling<Letter, LetterReceipt>({
    draft: draftOf(channel.code, unit),
    empty: () => empty(channel),
    kept,
    lacks,
    address: `/api/app/units/${encodeURIComponent(unit)}/letters`,
    pack(form, resend, proof) {
      const body = new FormData()
      body.append('letter', JSON.stringify({ ...sent(form), resend, proof }))
      papers.files.forEach((file) => body.append('papers', file))
      return body
    },
    order: ['category', 'about_principal', ...channel.fields.map(({ code }) => code), 'papers', 'capacity', 'anonymous', 'name', 'contact', 'guardian', 'may_publish'],
    emptied: () => (papers.files = []),
  })
  return { ...filing, papers }
}
