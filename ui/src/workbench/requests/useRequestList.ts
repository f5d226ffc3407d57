import { useFilteredList } from '../page/useFilteredList'
import { fetchRequests } from './requestsApi'
import { askOf, filterFrom, isNarrowed, queryOf } from './requestFilter'

/** useRequestList lists the requests that the person may see. */
export const useRequestList = () => useFilteredList('requests', { fetch: fetchRequests, askOf, filterFrom, isNarrowed, queryOf })
