import { pb } from '../../api'
import { saveAnswer } from '../../articles/serverFile'
import type { RequestList, StatisticsView } from '../../../shared/api/requests.gen'
import { queryOf } from './statisticsQuery'
import type { StatisticsAsk } from './statisticsQuery'

const base = '/api/app/requests'
const period = ({ from, to, school }: StatisticsAsk) => queryOf({ from, to, school })

export const fetchStatistics = (ask: StatisticsAsk): Promise<StatisticsView> => pb.send<StatisticsView>(`${base}/statistics`, { method: 'GET', query: period(ask) })
export const freezeYear = (year: number): Promise<StatisticsView> => pb.send<StatisticsView>(`${base}/statistics/freeze`, { method: 'POST', body: { year } })
export const saveStatistics = (ask: StatisticsAsk, format: 'xlsx' | 'docx'): Promise<void> =>
  saveAnswer(`${base}/statistics.${format}`, period(ask), `依申请公开统计表.${format}`)

/** fetchCases lists the cases behind a figure. */
export const fetchCases = (ask: StatisticsAsk, page: number, perPage: number): Promise<RequestList> =>
  pb.send<RequestList>(base, { method: 'GET', query: { ...queryOf(ask), sort: '-received', page, per_page: perPage } })
