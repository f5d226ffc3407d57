import { pb } from '../api'
import { saveAnswer } from '../articles/serverFile'
import type { CalendarImport, FoiTermsRecord, LetterTemplatesRecord, RemedyTextsRecord, RequestSettings } from '../../shared/api/schema.gen'

const path = '/api/app/requests/settings'

export const fetchSettings = (): Promise<RequestSettings> => pb.send<RequestSettings>(path, { method: 'GET' })

/** What the supervisor may change of the district; what is absent stays. */
export interface DistrictChange {
  foi_mode?: string
  letter_word?: string
  bureau_name?: string
  foi_purge_days?: number
  schools?: Record<string, string>
}

export const changeSettings = (body: DistrictChange): Promise<RequestSettings> => pb.send<RequestSettings>(path, { method: 'PATCH', body })

export const addTerms = (body: Record<string, string | number | boolean>): Promise<FoiTermsRecord> => pb.collection<FoiTermsRecord>('foi_terms').create(body)
export const addRemedy = (body: { key: string; text: string; valid_from: string; confirmed: boolean }): Promise<RemedyTextsRecord> =>
  pb.collection<RemedyTextsRecord>('remedy_texts').create(body)
export const addTemplate = (kind: string, file: File): Promise<LetterTemplatesRecord> => pb.collection<LetterTemplatesRecord>('letter_templates').create({ kind, file })
export const restoreTemplate = (kind: string): Promise<LetterTemplatesRecord> => pb.collection<LetterTemplatesRecord>('letter_templates').create({ kind, is_default: true })

export const saveTemplate = (kind: string): Promise<void> => saveAnswer(`/api/app/letter-templates/${kind}`, {}, '模板.docx')

/** savePreview fills a template with what its placeholders mean: the file, or the one in force. */
export const savePreview = (kind: string, file: File | null): Promise<void> =>
  saveAnswer(`/api/app/letter-templates/${kind}/preview`, {}, '预览.docx', { method: 'POST', ...(file && { body: formOf(file) }) })

/** importCalendar stores the notice of a year, or only shows what that would change. */
export const importCalendar = (file: File, isTrial: boolean): Promise<CalendarImport> =>
  pb.send<CalendarImport>('/api/app/calendar', { method: 'POST', query: isTrial ? { dry: '1' } : {}, body: formOf(file) })

function formOf(file: File): FormData {
  const form = new FormData()
  form.append('file', file)
  return form
}
