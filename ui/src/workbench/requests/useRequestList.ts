import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useLoaded } from '../useLoaded'
import { fetchRequests } from './requestsApi'
import { askOf, filterFrom, isNarrowed, queryOf } from './requestFilter'
import type { RequestFilter } from './requestFilter'

const perPage = 20

/** useRequestList lists the requests that the person may see. */
export function useRequestList() {
  const route = useRoute()
  const router = useRouter()
  const filter = computed(() => filterFrom(route.query))
  const page = computed(() => Math.max(1, Number.parseInt(String(route.query.page ?? ''), 10) || 1))
  const loaded = useLoaded(() => fetchRequests(askOf(filter.value, page.value, perPage)))
  const show = (next: RequestFilter, toPage = 1) => router.push({ name: 'requests', query: queryOf(next, toPage) })
  const turner = computed(() => {
    const total = loaded.data.value?.total ?? 0
    return { page: page.value, totalItems: total, totalPages: Math.ceil(total / perPage) }
  })

  // Only while this page shows: leaving it changes the address as well.
  watch([filter, page], () => route.name === 'requests' && loaded.load(), { immediate: true })

  return { ...loaded, filter, isNarrowed: computed(() => isNarrowed(filter.value)), turner, show, turn: (to: number) => show(filter.value, to) }
}
