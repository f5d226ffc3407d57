import { fetchInquiries } from './inquiriesApi'
import { askOf, filterFrom, isNarrowed, queryOf } from './inquiryFilter'
import { useFilteredList } from '../page/useFilteredList'

/** useInquiryList lists the letters that the person may see. */
export const useInquiryList = () => useFilteredList('inquiries', { fetch: fetchInquiries, askOf, filterFrom, isNarrowed, queryOf })
