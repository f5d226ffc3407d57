import { pb } from '../../api'
import type { SilenceDesk } from '../../../shared/api/silence.gen'

const base = '/api/app/silences'

export const fetchSilences = (school: string): Promise<SilenceDesk> => pb.send<SilenceDesk>(base, { method: 'GET', query: school ? { school } : {} })
export const noteSilence = (id: string, note: string): Promise<SilenceDesk> => pb.send<SilenceDesk>(`${base}/${id}/note`, { method: 'POST', body: { note } })
