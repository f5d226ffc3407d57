import type { EndingPlan, SchoolFile, SchoolList } from '../../../shared/api/schools.gen'
import { pb } from '../../api'

const base = '/api/app/registry/schools'
const post = <T>(path: string, body: object = {}): Promise<T> => pb.send<T>(base + path, { method: 'POST', body })

/** Ending is how the bureau ends a school; schools are named by their codes. */
export interface Ending {
  kind: string
  into: string[]
  on: string
  cases_to: string
  cases: Record<string, string>
  staff: { staff: string; school: string; duties: string[] }[]
  reason: string
}

export const fetchSchoolList = (): Promise<SchoolList> => pb.send<SchoolList>(base, { method: 'GET' })
export const fetchSchoolFile = (code: string): Promise<SchoolFile> => pb.send<SchoolFile>(`${base}/${code}`, { method: 'GET' })
export const openSchool = (fields: Record<string, string>): Promise<SchoolFile> => post<SchoolFile>('', { fields })
export const startSchool = (code: string): Promise<SchoolFile> => post<SchoolFile>(`/${code}/start`)
export const undoOpening = (code: string): Promise<unknown> => post(`/${code}/undo`)
export const fetchEndingPlan = (code: string): Promise<EndingPlan> => pb.send<EndingPlan>(`${base}/${code}/ending`, { method: 'GET' })
export const endSchool = (code: string, ending: Ending): Promise<SchoolFile> => post<SchoolFile>(`/${code}/ending`, ending)
export const moveStaff = (code: string, staff: Ending['staff']): Promise<SchoolFile> => post<SchoolFile>(`/${code}/staff`, { staff })
export const reopenSchool = (code: string): Promise<SchoolFile> => post<SchoolFile>(`/${code}/reopening`)
export const correctSchool = (code: string, body: { field: string; value: string; reason: string }): Promise<SchoolFile> => post<SchoolFile>(`/${code}/corrections`, body)
export const decideCorrection = (code: string, id: string, body: { do: string; decision: string }): Promise<SchoolFile> => post<SchoolFile>(`/${code}/corrections/${id}`, body)
