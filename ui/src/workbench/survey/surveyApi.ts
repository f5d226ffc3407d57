import { pb } from '../api'
import { saveAnswer } from '../articles/serverFile'
import type { SurveyDesk, SurveyResults, SurveyView } from '../../shared/api/survey.gen'

const base = '/api/app/surveys'

export interface SurveyAnswer {
  duty: string
  levels: Record<string, number>
  improve: string
}

export const fetchSurveys = (): Promise<SurveyDesk> => pb.send<SurveyDesk>(base, { method: 'GET' })
export const openSurvey = (body: { year: number; title: string; from: string; until: string }): Promise<SurveyView> => pb.send<SurveyView>(base, { method: 'POST', body })
export const prolongSurvey = (id: string, until: string): Promise<SurveyView> => pb.send<SurveyView>(`${base}/${id}/prolong`, { method: 'POST', body: { until } })
export const answerSurvey = (id: string, body: SurveyAnswer): Promise<SurveyView> => pb.send<SurveyView>(`${base}/${id}/answer`, { method: 'POST', body })
export const openResults = (id: string): Promise<SurveyResults> => pb.send<SurveyResults>(`${base}/${id}/results`, { method: 'POST' })
export const fetchResults = (id: string): Promise<SurveyResults> => pb.send<SurveyResults>(`${base}/${id}/results`, { method: 'GET' })
export const saveResults = (id: string): Promise<void> => saveAnswer(`${base}/${id}/results.xlsx`, {}, '平台满意度调查结果.xlsx')
