import { describe, expect, it } from 'vitest'
import type { Application } from './application'
import { empty, lacks } from './application'

const file = new File(['x'], 'a.jpg', { type: 'image/jpeg' })
const person: Application = {
  ...{ ...empty(), subject: '收费标准', forms: ['file'], ways: ['collected'], name: '王小明', id_number: '11010519491231002X' },
  ...{ phone: '13800138000', address: '晨光路1号', promised: true },
}
const company: Application = {
  ...{ ...person, class: 'business', address: '', id_number: '', credit_code: '91310000132204312U' },
  ...{ legal_rep: '李某', contact: '张某' },
}

describe('what is missing', () => {
  const none = { proofs: [], mandates: [] }
  const proofs = { proofs: [file], mandates: [] }

  it('is nothing in a whole form', () => {
    expect(lacks(person, proofs, false)).toEqual({})
    expect(lacks(company, proofs, false)).toEqual({})
  })

  it.each<[string, Application, boolean, string[]]>([
    ['an empty form', empty(), false, ['subject', 'forms', 'ways', 'name', 'id_number', 'proofs', 'address', 'phone', 'promised']],
    ['an organisation of no class', { ...empty(), class: '' }, false, ['subject', 'forms', 'ways', 'class', 'name', 'credit_code', 'legal_rep', 'contact', 'proofs', 'phone', 'promised']],
    ['what the way of delivery needs', { ...company, ways: ['by_email', 'by_fax', 'by_post'] }, false, ['proofs', 'address', 'email', 'fax']],
    ['an agent of whom nothing is known', person, true, ['proofs', 'agent_name', 'agent_id_number', 'agent_mandates']],
    ['blanks', { ...person, subject: ' ', name: '　' }, false, ['subject', 'name', 'proofs']],
  ])('%s', (_, form, hasAgent, fields) => {
    expect(Object.keys(lacks(form, none, hasAgent))).toEqual(fields)
  })
})
