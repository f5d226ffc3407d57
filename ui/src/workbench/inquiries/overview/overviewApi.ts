import { pb } from '../../api'
import type { FigureCases, InquiryOverview } from '../../../shared/api/inquiries.gen'
import { queryOf } from './overviewQuery'
import type { OverviewAsk } from './overviewQuery'

const path = '/api/app/inquiries/overview'

export const fetchOverview = (ask: OverviewAsk): Promise<InquiryOverview> => pb.send<InquiryOverview>(path, { method: 'GET', query: queryOf({ ...ask, figure: '' }) })
export const fetchFigureCases = (ask: OverviewAsk): Promise<FigureCases> => pb.send<FigureCases>(`${path}/cases`, { method: 'GET', query: queryOf(ask) })
