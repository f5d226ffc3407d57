import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useLoaded } from '../useLoaded'

const perPage = 20

interface Table<Filter, List> {
  fetch: (query: Record<string, string>) => Promise<List>
  filterFrom: (query: Partial<Record<string, unknown>>) => Filter
  queryOf: (filter: Filter, page?: number) => Record<string, string>
  askOf: (filter: Filter, page: number, perPage: number) => Record<string, string>
  isNarrowed: (filter: Filter) => boolean
}

/** useFilteredList is a list whose filter and page live in the address of a route. */
export function useFilteredList<Filter, List extends { total: number }>(name: string, { fetch, filterFrom, queryOf, askOf, isNarrowed }: Table<Filter, List>) {
  const route = useRoute()
  const router = useRouter()
  const filter = computed(() => filterFrom(route.query))
  const page = computed(() => Math.max(1, Number.parseInt(String(route.query.page ?? ''), 10) || 1))
  const loaded = useLoaded(() => fetch(askOf(filter.value, page.value, perPage)))
  const show = (next: Filter, toPage = 1) => router.push({ name, query: queryOf(next, toPage) })
  const turner = computed(() => {
    const total = loaded.data.value?.total ?? 0
    return { page: page.value, totalItems: total, totalPages: Math.ceil(total / perPage) }
  })

  // Only while this page shows: leaving it changes the address as well.
  watch([filter, page], () => route.name === name && loaded.load(), { immediate: true })

  return { ...loaded, filter, isNarrowed: computed(() => isNarrowed(filter.value)), turner, show, turn: (to: number) => show(filter.value, to) }
}
