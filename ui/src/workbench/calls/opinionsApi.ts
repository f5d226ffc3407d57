import { pb } from '../api'
import { saveAnswer } from '../articles/serverFile'
import type { CallDesk } from '../../shared/api/schema.gen'

const address = (article: string) => `/api/app/articles/${article}/opinions`

export const fetchOpinions = (article: string, page: number): Promise<CallDesk> => pb.send<CallDesk>(address(article), { method: 'GET', query: { page } })
export const saveOpinions = (article: string): Promise<void> => saveAnswer(`${address(article)}.xlsx`, {}, '征集到的意见.xlsx')
