import { pb } from '../../api'
import { saveAnswer } from '../../articles/serverFile'
import type { Difference, ExemptionList, ExemptionView, Move, StandardColumn, StandardDryRun, StandardList, StandardView } from '../../../shared/api/standard.gen'

// Every write of a draft carries when it was last seen changed, and answers the whole draft.
const path = (id = '', rest = '') => `/api/app/standards${id ? `/${id}` : ''}${rest}`
const write = (method: string, where: string, body: object) => pb.send<StandardView>(where, { method, body })

export const fetchStandards = (): Promise<StandardList> => pb.send<StandardList>(path(), { method: 'GET' })
export const fetchStandard = (id: string): Promise<StandardView> => pb.send<StandardView>(path(id), { method: 'GET' })
export const fetchDifference = (id: string): Promise<Difference> => pb.send<Difference>(path(id, '/difference'), { method: 'GET' })
export const fetchDryRun = (id: string): Promise<StandardDryRun> => pb.send<StandardDryRun>(path(id, '/dryrun'), { method: 'GET' })
export const makeDraft = (version: string, name: string): Promise<StandardView> => write('POST', path(), { version, name })
export const discardDraft = (id: string): Promise<void> => pb.send<void>(path(id), { method: 'DELETE' })
export const renameDraft = (view: StandardView, version: string, name: string): Promise<StandardView> => write('PATCH', path(view.id), { updated: view.updated, version, name })
export const addColumn = (view: StandardView, column: Partial<StandardColumn>): Promise<StandardView> => write('POST', path(view.id, '/columns'), { updated: view.updated, ...column })
export const changeColumn = (view: StandardView, code: string, column: Partial<StandardColumn>): Promise<StandardView> => write('PATCH', path(view.id, `/columns/${code}`), { updated: view.updated, ...column })
export const removeColumn = (view: StandardView, code: string): Promise<StandardView> => write('DELETE', path(view.id, `/columns/${code}`), { updated: view.updated })
export const placeColumn = (view: StandardView, code: string, parent: string, position: number): Promise<StandardView> => write('POST', path(view.id, `/columns/${code}/place`), { updated: view.updated, parent, position })
export const saveMoves = (view: StandardView, moves: Move[]): Promise<StandardView> => write('PUT', path(view.id, '/moves'), { updated: view.updated, moves })
export const release = (view: StandardView, effectiveOn: string): Promise<StandardView> => write('POST', path(view.id, '/release'), { updated: view.updated, effective_on: effectiveOn })
export const recall = (id: string, reason: string): Promise<StandardView> => write('POST', path(id, '/recall'), { reason })

export function importStandard(file: File, version: string, name: string): Promise<StandardView> {
  const body = new FormData()
  body.append('file', file)
  body.append('version', version)
  body.append('name', name)
  return pb.send<StandardView>(path('import'), { method: 'POST', body })
}

export const saveStandard = (id: string): Promise<void> => saveAnswer(path(id, '/standard.xlsx'), {}, '栏目设置标准.xlsx')

const exemptions = '/api/app/exemptions'
export const fetchExemptions = (): Promise<ExemptionList> => pb.send<ExemptionList>(exemptions, { method: 'GET' })
export const askExemption = (body: object): Promise<ExemptionView> => pb.send<ExemptionView>(exemptions, { method: 'POST', body })
export const decideExemption = (id: string, body: object): Promise<ExemptionView> => pb.send<ExemptionView>(`${exemptions}/${id}/decide`, { method: 'POST', body })
export const withdrawExemption = (id: string): Promise<ExemptionView> => pb.send<ExemptionView>(`${exemptions}/${id}/withdraw`, { method: 'POST', body: {} })
export const revokeExemption = (id: string, reason: string): Promise<ExemptionView> => pb.send<ExemptionView>(`${exemptions}/${id}/revoke`, { method: 'POST', body: { reason } })
