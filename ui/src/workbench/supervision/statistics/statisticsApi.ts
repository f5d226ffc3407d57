import { pb } from '../../api'
import { saveAnswer } from '../../articles/serverFile'
import type { PeriodStatistics } from '../../../shared/api/supervision.gen'

/** StatisticsAsk is of which schools and when; "" is all, or the year that has ended last. */
export interface StatisticsAsk {
  from: string
  to: string
  stage: string
  town: string
}

const path = '/api/app/supervision/statistics'
const queryOf = (ask: StatisticsAsk) => Object.fromEntries(Object.entries(ask).filter(([, value]) => value !== '')) as Record<string, string>

export const fetchStatistics = (ask: StatisticsAsk): Promise<PeriodStatistics> => pb.send<PeriodStatistics>(path, { method: 'GET', query: queryOf(ask) })
export const saveStatistics = (ask: StatisticsAsk): Promise<void> => saveAnswer(`${path}.xlsx`, queryOf(ask), '统计表.xlsx')
