import { pb } from '../../api'
import { saveAnswer } from '../../articles/serverFile'
import type { ScoreCard, ScoreTable, ScoreWeights } from '../../../shared/api/scores.gen'

const base = '/api/app/scores'

/** own is the school of whoever asks. */
export const own = 'own'

export interface ScoresAsk {
  month: string
  stage: string
}

export interface Finding {
  code: string
  hit: string
  count: number
  reason: string
  link: string
}

const query = (ask: ScoresAsk): Record<string, string> => Object.fromEntries(Object.entries(ask).filter(([, value]) => value))

export const fetchScores = (ask: ScoresAsk): Promise<ScoreTable> => pb.send<ScoreTable>(base, { method: 'GET', query: query(ask) })
export const saveScores = (ask: ScoresAsk): Promise<void> => saveAnswer(`${base}.xlsx?${new URLSearchParams(query(ask))}`, {}, '考核评分.xlsx')
export const fetchCard = (school: string, month: string): Promise<ScoreCard> => pb.send<ScoreCard>(`${base}/${school}`, { method: 'GET', query: month ? { month } : {} })
export const enterFinding = (school: string, body: Finding): Promise<ScoreCard> => pb.send<ScoreCard>(`${base}/${school}/findings`, { method: 'POST', body })
export const objectTo = (school: string, body: { month: string; code: string; text: string; link: string }): Promise<ScoreCard> =>
  pb.send<ScoreCard>(`${base}/${school}/objections`, { method: 'POST', body })
export const decide = (id: string, body: { accepted: boolean; points: number; reason: string }): Promise<ScoreCard> =>
  pb.send<ScoreCard>(`${base}/objections/${id}/decision`, { method: 'POST', body })
export const fetchWeights = (): Promise<ScoreWeights> => pb.send<ScoreWeights>(`${base}/weights`, { method: 'GET' })
export const addWeights = (body: object): Promise<ScoreWeights> => pb.send<ScoreWeights>(`${base}/weights`, { method: 'POST', body })
