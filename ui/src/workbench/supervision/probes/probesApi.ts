import type { ProbeDesk, ProbeLinkList, ProbeRun } from '../../../shared/api/probes.gen'
import { pb } from '../../api'
import { saveAnswer } from '../../articles/serverFile'
import type { ProbesAsk } from './probesQuery'

const base = '/api/app/probes'

export const fetchProbes = (school: string): Promise<ProbeDesk> => pb.send<ProbeDesk>(base, { method: 'GET', query: { school } })
export const fetchLinks = (ask: ProbesAsk): Promise<ProbeLinkList> => pb.send<ProbeLinkList>(`${base}/links`, { method: 'GET', query: { school: ask.school, view: ask.view, page: ask.page } })
export const startRun = (school: string): Promise<ProbeRun> => pb.send<ProbeRun>(base, { method: 'POST', body: { school } })
export const cancelRun = (id: string): Promise<ProbeRun> => pb.send<ProbeRun>(`${base}/${id}/cancel`, { method: 'POST' })
export const saveLinks = (school: string): Promise<void> => saveAnswer(`${base}/links.xlsx`, { school }, '失效和不当链接.xlsx')
