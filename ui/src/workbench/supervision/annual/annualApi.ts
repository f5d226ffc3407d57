import { pb } from '../../api'
import { saveAnswer } from '../../articles/serverFile'
import type { AnnualDesk, AnnualList } from '../../../shared/api/annual.gen'

const base = '/api/app/annual-reports'

/** Texts are what a school wrote, by section. */
export type Texts = Record<string, string>

export const fetchAnnualList = (year: string): Promise<AnnualList> => pb.send<AnnualList>(base, { method: 'GET', query: year ? { year } : {} })
export const fetchAnnual = (school: string, year: string): Promise<AnnualDesk> => pb.send<AnnualDesk>(`${base}/${school}/${year}`, { method: 'GET' })
export const saveAnnual = (desk: AnnualDesk, texts: Texts): Promise<AnnualDesk> =>
  pb.send<AnnualDesk>(`${base}/${desk.school}/${desk.year}`, { method: 'PUT', body: { texts, base: desk.updated } })
export const stepAnnual = (desk: AnnualDesk, step: 'present' | 'return' | 'sign', reason = ''): Promise<AnnualDesk> =>
  pb.send<AnnualDesk>(`${base}/${desk.school}/${desk.year}/steps`, { method: 'POST', body: { do: step, reason, base: desk.updated } })

/** remindAnnual reminds schools of a year's report; none named is all that have not published it. It tells how many. */
export const remindAnnual = async (year: number, schools: string[]): Promise<number> =>
  (await pb.send<{ told: number }>(`${base}/remind`, { method: 'POST', body: { year, schools } })).told

export const saveAnnualDocx = (school: string, year: number): Promise<void> => saveAnswer(`${base}/${school}/${year}/report.docx`, {}, '信息公开工作年度报告.docx')
export const saveAnnualXlsx = (year: number): Promise<void> => saveAnswer(`${base}/all/${year}/tables.xlsx`, {}, '信息公开年度统计汇总表.xlsx')
