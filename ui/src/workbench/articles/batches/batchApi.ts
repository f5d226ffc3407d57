import { pb } from '../../api'
import type { ImportBatchList, ImportBatchPage, ManyResult } from '../../../shared/api/imports.gen'
import type { Check } from '../../types'

export const fetchBatches = (): Promise<ImportBatchList> => pb.send('/api/app/imports', { method: 'GET' })

export const fetchBatch = (id: string, query: { show: string; with: string; page: number }): Promise<ImportBatchPage> =>
  pb.send(`/api/app/imports/${id}`, { method: 'GET', query })

/** What is asked for many drafts at once. */
export interface Many {
  what: 'steps' | 'column' | 'discard'
  action?: string
  reason?: string
  column?: string
  check?: Check
}

export const askMany = (batch: string, { what, ...body }: Many, articles: string[]): Promise<ManyResult> =>
  pb.send(`/api/app/imports/${batch}/${what}`, { method: 'POST', body: { ...body, articles } })
