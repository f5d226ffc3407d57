import { pb } from '../api'
import type { AnswerTemplatesRecord } from '../../shared/api/schema.gen'

const templates = () => pb.collection<AnswerTemplatesRecord>('answer_templates')

export const fetchTemplates = (filter = '') => templates().getFullList({ sort: 'category,title', ...(filter && { filter }) })
export const addTemplate = (body: Pick<AnswerTemplatesRecord, 'category' | 'title' | 'text'>) => templates().create(body)
export const changeTemplate = (template: AnswerTemplatesRecord, change: Partial<AnswerTemplatesRecord>) => templates().update(template.id, { ...change, base: template.updated })
