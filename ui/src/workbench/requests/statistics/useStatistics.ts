import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useLoaded } from '../../useLoaded'
import { useTask } from '../../useTask'
import { fetchStatistics, freezeYear, saveStatistics } from './statisticsApi'
import { askFrom, queryOf } from './statisticsQuery'
import type { StatisticsAsk } from './statisticsQuery'

const routeName = 'request-statistics'

/** useStatistics loads the tables of the address, freezes a year and hands out files. */
export function useStatistics() {
  const route = useRoute()
  const router = useRouter()
  const ask = computed(() => askFrom(route.query))
  const loaded = useLoaded(() => fetchStatistics(ask.value))
  const freezing = useTask()
  const exporting = useTask()

  const show = (next: Partial<StatisticsAsk>) => router.push({ name: routeName, query: queryOf({ ...ask.value, figure: '', ...next }) })
  /** linkTo is the address of the cases behind a figure. */
  const linkTo = (figure: string) => ({ name: routeName, query: queryOf({ ...ask.value, figure }) })
  const freeze = (year: number) => freezing.run(async () => (loaded.data.value = await freezeYear(year)))
  const save = (format: 'xlsx' | 'docx') => exporting.run(() => saveStatistics(ask.value, format))

  // Only while this page shows, and not again when only another figure is asked about.
  watch(() => [ask.value.from, ask.value.to, ask.value.school].join('|'), () => route.name === routeName && loaded.load(), { immediate: true })

  return { ...loaded, ask, show, linkTo, freeze, freezing, save, exporting }
}
