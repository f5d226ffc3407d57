import { pb } from '../api'
import type { AnswerTemplatesRecord } from '../../shared/api/schema.gen'

const templates = () => pb.collection<AnswerTemplatesRecord>('answer_templates')

interface Person {
  school: string
  duties: readonly string[]
  acts_as?: readonly string[] // with what they stand in for
}

/** keeps tells whether a person keeps the templates of their unit. */
export const keeps = (person: Person | null): boolean => person !== null && (person.acts_as ?? person.duties).includes(person.school === '' ? 'supervisor' : 'clerk')

export const fetchTemplates = (filter = '') => templates().getFullList({ sort: 'category,title', ...(filter && { filter }) })
export const addTemplate = (body: Pick<AnswerTemplatesRecord, 'category' | 'title' | 'text'>) => templates().create(body)
export const changeTemplate = (template: AnswerTemplatesRecord, change: Partial<AnswerTemplatesRecord>) => templates().update(template.id, { ...change, base: template.updated })
