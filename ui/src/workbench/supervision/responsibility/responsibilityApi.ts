import { pb } from '../../api'
import type { ResponsibilityDesk, ResponsibilityOverview } from '../../../shared/api/responsibility.gen'

const base = '/api/app/responsibility'

export interface Named {
  role: string
  name: string
  post: string
  phone: string
  from: string
}

export const fetchResponsibility = (school: string): Promise<ResponsibilityDesk> => pb.send<ResponsibilityDesk>(base, { method: 'GET', query: school ? { school } : {} })
export const fetchOverview = (): Promise<ResponsibilityOverview> => pb.send<ResponsibilityOverview>(`${base}/overview`, { method: 'GET' })
export const propose = (body: Named): Promise<ResponsibilityDesk> => pb.send<ResponsibilityDesk>(base, { method: 'POST', body })
export const decide = (id: string, action: string, reason: string): Promise<ResponsibilityDesk> =>
  pb.send<ResponsibilityDesk>(`${base}/${id}/steps`, { method: 'POST', body: { action, reason } })
