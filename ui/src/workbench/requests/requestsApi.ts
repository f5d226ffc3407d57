import { pb } from '../api'
import { saveFile } from '../../shared/page/saveFile'
import { nameIn } from '../articles/serverFile'
import type { FileLine, LetterPreview, Person, Receipt, ReplyDraft, RequestDesk, RequestList } from '../../shared/api/requests.gen'

/** A step and what it says; which fields it needs is told by what is refused. */
export type StepBody = { do: string } & Record<string, unknown>

const base = '/api/app/requests'
const send = <T>(path: string, method: string, body?: unknown): Promise<T> => pb.send<T>(base + path, { method, ...(body !== undefined && { body }) })

export const fetchRequests = (query: Record<string, string>): Promise<RequestList> => pb.send<RequestList>(base, { method: 'GET', query })
export const searchByContact = (contact: string) => send<RequestList>('/search', 'POST', { contact })
export const enterRequest = (form: FormData) => send<Receipt>('', 'POST', form)
export const fetchRequest = (id: string) => send<RequestDesk>(`/${id}`, 'GET')
export const takeStep = (id: string, step: StepBody) => send<RequestDesk>(`/${id}/steps`, 'POST', step)
export const previewStep = (id: string, step: StepBody) => send<LetterPreview>(`/${id}/preview`, 'POST', step)
export const saveDraft = (id: string, draft: ReplyDraft) => send<ReplyDraft>(`/${id}/draft`, 'PUT', draft)
export const enterCorrection = (id: string, form: FormData) => send<unknown>(`/${id}/correction`, 'POST', form)
export const openIdentity = (id: string, reason: string) => send<Person>(`/${id}/identity`, 'POST', { reason })
export const publishAnswer = (id: string, column: string, title: string) => send<{ article: string }>(`/${id}/publication`, 'POST', { column, title })
export const recordDelivery = (id: string, letter: string, body: { on: string; way: string; note: string }) =>
  send<unknown>(`/${id}/letters/${letter}/delivery`, 'POST', body)
export const dropFile = (id: string, file: string) => send<unknown>(`/${id}/files/${file}`, 'DELETE')

export function addFile(id: string, file: File): Promise<FileLine> {
  const form = new FormData()
  form.append('file', file)
  return send<FileLine>(`/${id}/files`, 'POST', form)
}

/** A file that the server answers, and what it calls it. */
interface Fetched {
  name: string
  content: Blob
}

/** fetched gets a file: the client itself would read every answer as JSON. It throws what pb.send throws. */
async function fetched(path: string, options: { method?: string; query?: Record<string, string>; body?: unknown } = {}): Promise<Fetched> {
  let file: Fetched | null = null
  await pb.send(base + path, {
    method: 'GET',
    ...options,
    fetch: async (url: RequestInfo | URL, config?: RequestInit) => {
      const answer = await fetch(url, config)
      if (!answer.ok) return answer
      file = { name: nameIn(answer.headers.get('Content-Disposition') ?? ''), content: await answer.blob() }
      return new Response('null')
    },
  })
  return file!
}

export async function saveLetter(id: string, letter: string, fallback: string): Promise<void> {
  const { name, content } = await fetched(`/${id}/letters/${letter}`, { query: { format: 'docx' } })
  saveFile(name || fallback, content)
}

export const fetchLetter = async (id: string, letter: string): Promise<string> => (await fetched(`/${id}/letters/${letter}`, { query: { format: 'html' } })).content.text()

export async function saveCaseFile(id: string, file: FileLine): Promise<void> {
  const { name, content } = await fetched(`/${id}/files/${file.id}`)
  saveFile(name || file.name, content)
}

/** savePaper hands a paper of the application to the browser; who looks says why. */
export async function savePaper(id: string, field: string, n: number, reason: string): Promise<void> {
  const { name, content } = await fetched(`/${id}/papers`, { method: 'POST', body: { field, n, reason } })
  saveFile(name || `证明材料${n + 1}`, content)
}
