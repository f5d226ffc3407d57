import PocketBase, { BaseAuthStore, ClientResponseError } from 'pocketbase'
import type { AuthRecord, RecordService } from 'pocketbase'
import type { SchoolsRecord, StaffRecord as Account, StandInsRecord } from '../shared/api/schema.gen'
import type { ArticleDesk, ArticleRecord, AttachmentRecord, Desk, FindingRecord, StepRecord, VersionRecord } from './types'

const storageKey = 'gongkai-staff'

/** SessionStore forgets with the tab: offices share computers. */
class SessionStore extends BaseAuthStore {
  constructor() {
    super()
    try {
      const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as { token: string; record: AuthRecord } | null
      if (kept) super.save(kept.token, kept.record)
    } catch {
      sessionStorage.removeItem(storageKey)
    }
  }

  override save(token: string, record?: AuthRecord) {
    super.save(token, record)
    sessionStorage.setItem(storageKey, JSON.stringify({ token, record }))
  }

  override clear() {
    super.clear()
    sessionStorage.removeItem(storageKey)
  }
}

export const pb = new PocketBase('/', new SessionStore())
pb.autoCancellation(false)

/**
 * door is for signing in and setting a password: what it is answered says
 * nothing about the session that may be running (a 401 asks for the second
 * factor, it does not mean that one has expired).
 */
export const door = new PocketBase('/', pb.authStore)
door.autoCancellation(false)

export const articles = (): RecordService<ArticleRecord> => pb.collection('articles')
export const versions = (): RecordService<VersionRecord> => pb.collection('article_versions')
export const attachments = (): RecordService<AttachmentRecord> => pb.collection('attachments')
export const steps = (): RecordService<StepRecord> => pb.collection('article_steps')
export const findings = (): RecordService<FindingRecord> => pb.collection('findings')

export const accounts = (): RecordService<Account> => pb.collection('staff')
export const standIns = (): RecordService<StandInsRecord> => pb.collection('stand_ins')
export const schools = (): RecordService<SchoolsRecord> => pb.collection('schools')

/** What managing an account answers: the account, what became of the mail, and the link where there is no mail. */
export type AccountAnswer = Account & { sent?: 'mail' | 'link' | 'failed'; message?: string; link?: string }

export const inviteAccount = (body: { email: string; name: string; school: string; duties: string[] }): Promise<AccountAnswer> =>
  pb.send<AccountAnswer>('/api/app/staff', { method: 'POST', body })
export const manageAccount = (id: string, what: 'invite' | 'reset' | 'deactivate' | 'reactivate', body: { reason?: string } = {}): Promise<AccountAnswer> =>
  pb.send<AccountAnswer>(`/api/app/staff/${id}/${what}`, { method: 'POST', body })

export const fetchDesk = (): Promise<Desk> => pb.send<Desk>('/api/app/desk', { method: 'GET' })
export const fetchArticleDesk = (id: string): Promise<ArticleDesk> => pb.send<ArticleDesk>(`/api/app/articles/${id}`, { method: 'GET' })
export const overrideFinding = (id: string, reason: string): Promise<unknown> =>
  pb.send(`/api/app/findings/${id}/override`, { method: 'POST', body: { reason } })

/** An upload that runs; the pocketbase client itself reports no progress. */
export interface Upload {
  done: Promise<AttachmentRecord>
  cancel: () => void
}

/** uploadAttachment sends one file of an article and says how far it is. */
export function uploadAttachment(article: string, file: File, alt: string, onProgress: (percent: number) => void): Upload {
  const request = new XMLHttpRequest()
  const url = pb.buildURL('/api/collections/attachments/records')
  const done = new Promise<AttachmentRecord>((resolve, reject) => {
    const fail = (isAbort: boolean) => reject(new ClientResponseError({ url, status: request.status, isAbort, data: jsonOf(request) }))
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(Math.round((100 * event.loaded) / event.total))
    }
    request.onload = () => (request.status === 200 ? resolve(jsonOf(request) as unknown as AttachmentRecord) : fail(false))
    request.onerror = () => fail(false)
    request.onabort = () => fail(true)
    request.open('POST', url)
    request.setRequestHeader('Authorization', pb.authStore.token)
    const form = new FormData()
    form.append('article', article)
    form.append('file', file)
    form.append('alt', alt)
    request.send(form)
  })
  return { done, cancel: () => request.abort() }
}

function jsonOf(request: XMLHttpRequest): Record<string, unknown> {
  try {
    return JSON.parse(request.responseText) as Record<string, unknown>
  } catch {
    return {}
  }
}
