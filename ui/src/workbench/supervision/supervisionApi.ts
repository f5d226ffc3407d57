import { pb } from '../api'
import type { SchoolToday, SupervisedSchool, SupervisionFloods, SupervisionHeat, SupervisionOverview, SupervisionTrend } from '../../shared/api/supervision.gen'

const path = '/api/app/supervision/'
const get = <T>(what: string, query: Record<string, string> = {}): Promise<T> =>
  pb.send<T>(path + what, { method: 'GET', query: Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '')) })

export const fetchOverview = (day: string, stage: string): Promise<SupervisionOverview> => get('overview', { day, stage })
export const fetchHeat = (day: string, stage: string): Promise<SupervisionHeat> => get('heat', { day, stage })
export const fetchTrend = (ask: { names: string[]; from?: string; to?: string; school?: string; every?: string }): Promise<SupervisionTrend> =>
  get('trend', { ...ask, names: ask.names.join(',') })
export const fetchFloods = (ask: { from: string; to: string; school: string }): Promise<SupervisionFloods> => get('floods', ask)
export const fetchToday = (school: string): Promise<SchoolToday> => get('today', { school })
export const fetchSchoolDay = (code: string, day: string): Promise<SupervisedSchool> => get(`schools/${code}`, { day })

/** checkColumn: the person has looked through a column, and nothing had changed (核对确认). */
export const checkColumn = (column: string): Promise<unknown> => pb.collection('column_checks').create({ column })
