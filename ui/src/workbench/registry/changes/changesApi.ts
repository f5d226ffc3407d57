import type { RegistryDecided, RegistryDecision, RegistryLines, RegistryOffer, RegistryRun, RegistryRuns } from '../../../shared/api/registry.gen'
import { pb } from '../../api'
import { saveAnswer } from '../../articles/serverFile'

const path = '/api/app/registry/runs'
const act = (id: string, what: string, body: object = {}) => pb.send<RegistryRun>(`${path}/${id}/${what}`, { method: 'POST', body })

export const fetchRuns = (query: Record<string, string>): Promise<RegistryRuns> => pb.send<RegistryRuns>(path, { method: 'GET', query })
export const fetchRun = (id: string): Promise<RegistryRun> => pb.send<RegistryRun>(`${path}/${id}`, { method: 'GET' })
export const fetchLines = (id: string, query: Record<string, string>): Promise<RegistryLines> => pb.send<RegistryLines>(`${path}/${id}/lines`, { method: 'GET', query })
export const fetchOffers = (id: string): Promise<RegistryOffer[]> => pb.send<RegistryOffer[]>(`${path}/${id}/offers`, { method: 'GET' })
export const cancelRun = (id: string): Promise<RegistryRun> => act(id, 'cancel')
export const dismissRun = (id: string): Promise<RegistryRun> => act(id, 'dismiss')
export const compareRun = (id: string): Promise<RegistryRun> => act(id, 'compare')
export const releaseRun = (id: string, reason: string): Promise<RegistryRun> => act(id, 'release', { reason })
export const applyRules = (id: string): Promise<RegistryDecided> => pb.send<RegistryDecided>(`${path}/${id}/rules`, { method: 'POST', body: {} })
export const decide = (id: string, decision: Partial<RegistryDecision>): Promise<RegistryDecided> => pb.send<RegistryDecided>(`${path}/${id}/decide`, { method: 'POST', body: decision })
export const saveChanges = (id: string): Promise<void> => saveAnswer(`${path}/${id}/changes.xlsx`, {}, '机构名单变更.xlsx')
