import { pb } from '../api'
import type { RecordService } from 'pocketbase'
import type { BroadcastProgress, BroadcastsRecord, SchoolsRecord } from '../../shared/api/schema.gen'
import type { Group } from '../../shared/api/open'

/** A file of a broadcast: its stored name, and the name that people gave it. */
export interface FileName {
  stored: string
  name: string
  size: number
}

export interface BroadcastRecord extends Omit<BroadcastsRecord, 'file_names' | 'facts' | 'declines'> {
  file_names: FileName[] | null
  collectionId: string
  collectionName: string
}

export type School = Pick<SchoolsRecord, 'id' | 'code' | 'name' | 'short_name'> & { stages: string[]; town?: string }

export const broadcasts = (): RecordService<BroadcastRecord> => pb.collection('broadcasts')

export const fetchSchools = (): Promise<School[]> =>
  pb.collection('schools').getFullList<School>({ filter: `status = 'open'`, sort: 'code', fields: 'id,code,name,short_name,stages,town' })

/** The standard in force; the bureau has no columns of its own at its desk. */
export const fetchGroups = async (): Promise<Group[]> => (await pb.send<{ groups: Group[] }>('/open/v1/columns', { method: 'GET' })).groups

const progress = (id: string, what: string, method: string) => pb.send<BroadcastProgress>(`/api/app/broadcasts/${id}/${what}`, { method })
export const sendBroadcast = (id: string) => progress(id, 'send', 'POST')
export const fetchProgress = (id: string) => progress(id, 'progress', 'GET')
export const remindSchools = (id: string) => progress(id, 'remind', 'POST')
export const declineBroadcast = (article: string, reason: string): Promise<unknown> =>
  pb.send(`/api/app/articles/${article}/decline`, { method: 'POST', body: { reason } })
