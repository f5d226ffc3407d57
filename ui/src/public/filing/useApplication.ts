import { reactive } from 'vue'
import type { Application, Papers, Receipt } from './application'
import { empty, lacks } from './application'
import { useFiling } from './useFiling'

type Form = Application & { hasAgent: boolean }

// useApplication is the form of an application (申请表) to a school.
export function useApplication(school: string) {
  const papers = reactive<Papers>({ proofs: [], mandates: [] })
  const filing = useFiling<Form, Receipt>({
    draft: `apply.${school}`,
    empty: () => ({ ...empty(), hasAgent: false }),
    kept: (form) => ({ ...form, id_number: '', agent_id_number: '' }),
    lacks: (form) => lacks(form, papers, form.hasAgent),
    address: `/api/app/schools/${encodeURIComponent(school)}/requests`,
    pack({ hasAgent, ...application }, resend, proof) {
      const agent = hasAgent ? {} : { agent_name: '', agent_id_kind: '', agent_id_number: '' }
      const body = new FormData()
      body.append('application', JSON.stringify({ ...application, ...agent, resend, proof }))
      papers.proofs.forEach((file) => body.append('proofs', file))
      if (hasAgent) papers.mandates.forEach((file) => body.append('mandates', file))
      return body
    },
    order,
    emptied: () => Object.assign(papers, { proofs: [], mandates: [] }),
  })
  return { ...filing, papers }
}

const order = [
  ...['subject', 'details', 'index_no', 'purpose', 'forms', 'ways', 'any_way', 'class', 'name', 'id_kind', 'id_number', 'credit_code', 'legal_rep', 'contact'],
  ...['proofs', 'agent_name', 'agent_id_kind', 'agent_id_number', 'agent_mandates', 'phone', 'address', 'email', 'fax', 'postcode', 'work_unit', 'promised'],
]
