import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { pb } from '../api'
import { minuteOf, today } from '../articles/articleWords'
import { saveFile } from '../../shared/page/saveFile'
import { session } from '../session'
import { useLoaded } from '../useLoaded'
import { useTask } from '../useTask'
import type { AuditLogRecord } from '../../shared/api/schema.gen'
import { csvHead, csvOf } from './auditCsv'
import { filterFrom, filterOf, isFiltered, queryOf } from './auditFilter'
import type { AuditFilter } from './auditFilter'

const perPage = 50
const perRequest = 1000 // the most that PocketBase gives
const mostExported = 100_000

export interface AuditPage {
  items: AuditLogRecord[]
  page: number
  totalPages: number
  totalItems: number
  /** The line to keep elsewhere: when, the newest number, its hash. */
  head: string
}

const log = () => pb.collection<AuditLogRecord>('audit_log')

async function fetchPage(filter: AuditFilter, page: number): Promise<AuditPage> {
  const [found, newest] = await Promise.all([
    log().getList(page, perPage, { filter: filterOf(filter), sort: '-number' }),
    log().getList(1, 1, { sort: '-number', fields: 'number,hash', skipTotal: true }),
  ])
  const last = newest.items[0]
  return { ...found, head: last ? `${minuteOf(new Date().toISOString())} ${last.number} ${last.hash}` : '' }
}

/** useAudit lists the audit, newest first, and exports what is listed. */
export function useAudit() {
  const route = useRoute()
  const router = useRouter()
  const isAuditor = computed(() => session.staff.value?.school === '' && session.staff.value.duties.includes('auditor'))
  const filter = computed(() => filterFrom(route.query))
  const page = computed(() => Math.max(1, Number.parseInt(String(route.query.page ?? ''), 10) || 1))
  const loaded = useLoaded<AuditPage>(() => fetchPage(filter.value, page.value))
  const show = (next: AuditFilter, toPage = 1) => router.push({ name: 'audit', query: queryOf(next, toPage) })

  // Only while this page shows: leaving it changes the address as well.
  watch([filter, page], () => route.name === 'audit' && isAuditor.value && loaded.load(), { immediate: true })

  return { ...loaded, isAuditor, filter, isFiltered: computed(() => isFiltered(filter.value)), show, turn: (to: number) => show(filter.value, to), ...useExport(filter) }
}

/** useExport writes the filtered list as a file, oldest first; what is appended meanwhile comes last. */
function useExport(filter: Readonly<{ value: AuditFilter }>) {
  const { pending: exporting, problem: exportProblem, run } = useTask()
  const exported = ref(0)
  const said = ref('')

  const exportRows = () =>
    run(async () => {
      said.value = ''
      exported.value = 0
      const parts = [csvHead]
      const wanted = filterOf(filter.value)
      for (let last = 0; exported.value < mostExported; ) {
        const { items } = await log().getList(1, perRequest, { filter: [wanted, `number > ${last}`].filter(Boolean).join(' && '), sort: 'number', skipTotal: true })
        parts.push(csvOf(items))
        exported.value += items.length
        last = items[items.length - 1]?.number ?? 0
        if (items.length < perRequest) break
      }
      saveFile(`审计记录-${today()}.csv`, new Blob(parts, { type: 'text/csv' }))
      said.value = exported.value < mostExported ? `已导出 ${exported.value} 条。` : `已导出最早的 ${exported.value} 条，其余请按日期分次导出。`
    })

  return { exporting, exportProblem, exported, exportSaid: said, exportRows }
}
