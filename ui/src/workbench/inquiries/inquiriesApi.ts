import { pb } from '../api'
import { saveAnswer } from '../articles/serverFile'
import type { SchoolList } from '../../shared/api/open'
import type { FileLine } from '../../shared/api/requests.gen'
import type { Correspondent, InquiryDesk, InquiryList, LetterReceipt, Notes, TextView } from '../../shared/api/inquiries.gen'

/** A step and what it says; which fields it needs is told by what is refused. */
export type StepBody = { do: string } & Record<string, unknown>

const base = '/api/app/inquiries'
const send = <T>(path: string, method: string, body?: unknown): Promise<T> => pb.send<T>(base + path, { method, ...(body !== undefined && { body }) })

export const fetchInquiries = (query: Record<string, string>): Promise<InquiryList> => pb.send<InquiryList>(base, { method: 'GET', query })
export const enterLetter = (form: FormData) => send<LetterReceipt>('', 'POST', form)
/** fetchUnits are the units that a letter may be passed to: the bureau, and all schools that are open. */
export async function fetchUnits(): Promise<{ code: string; name: string }[]> {
  const { items } = await pb.send<SchoolList>('/open/v1/schools', { method: 'GET', query: { status: 'open' } })
  return [{ code: 'bureau', name: '区教育局' }, ...items.map(({ code, name }) => ({ code, name }))]
}

export const fetchInquiry = (id: string) => send<InquiryDesk>(`/${id}`, 'GET')
export const saveText = (id: string, text: TextView) => send<TextView>(`/${id}/text`, 'PUT', text)
export const openWriter = (id: string, reason: string) => send<Correspondent>(`/${id}/writer`, 'POST', { reason })
export const fetchNotes = (id: string) => send<Notes>(`/${id}/notes`, 'GET')
export const addNote = (id: string, text: string, mentions: string[]) => send<Notes>(`/${id}/notes`, 'POST', { text, mentions })
export const makeQuestion = (id: string, body: { title: string; topic: string; audience: string; answer: string }) => send<{ article: string }>(`/${id}/question`, 'POST', body)
export const dropFile = (id: string, file: string) => send<unknown>(`/${id}/files/${file}`, 'DELETE')

/** takeStep takes a step; null is a letter that is no longer this person's to see. */
export async function takeStep(id: string, step: StepBody): Promise<InquiryDesk | null> {
  const desk = await send<Partial<InquiryDesk>>(`/${id}/steps`, 'POST', step)
  return desk.id ? (desk as InquiryDesk) : null
}

export function addFile(id: string, file: File): Promise<FileLine> {
  const form = new FormData()
  form.append('file', file)
  return send<FileLine>(`/${id}/files`, 'POST', form)
}

export const saveLetterFile = (id: string, file: FileLine): Promise<void> => saveAnswer(`${base}/${id}/files/${file.id}`, {}, file.name)

/** savePaper hands a paper of the letter to the browser; who looks says why. Papers count from 1. */
export const savePaper = (id: string, n: number, reason: string): Promise<void> => saveAnswer(`${base}/${id}/papers`, {}, `来信材料${n}`, { method: 'POST', body: { n, reason } })
