import { pb } from '../../api'
import type { VacationsRecord } from '../../../shared/api/schema.gen'

const vacations = () => pb.collection<VacationsRecord>('vacations')

export const fetchVacations = (): Promise<VacationsRecord[]> => vacations().getFullList({ sort: '-from' })
export const addVacation = (body: { name: string; from: string; until: string }): Promise<VacationsRecord> => vacations().create(body)
export const removeVacation = (id: string): Promise<boolean> => vacations().delete(id)
