import { computed, ref, shallowRef } from 'vue'
import { problemOf } from '../problem'
import { session } from '../session'
import type { Problem } from '../problem'
import type { ArticleRecord, DeskColumn } from '../types'

/** useDesk gives the columns of one's own school; what is known shows at once and is fetched again. */
export function useDesk() {
  const error = shallowRef<Problem | null>(null)
  const pending = ref(false)

  async function load() {
    pending.value = true
    try {
      await session.loadDesk()
      error.value = null
    } catch (thrown) {
      error.value = problemOf(thrown)
    } finally {
      pending.value = false
    }
  }

  const columns = computed<DeskColumn[]>(() => session.desk.value?.columns ?? [])
  const byCode = computed(() => new Map(columns.value.map((column) => [column.code, column])))
  const columnName = (code: string) => byCode.value.get(code)?.name ?? code
  /** isToCheck: a public question that nobody has checked for a semester. It is for those who can. */
  const isToCheck = (article: ArticleRecord) =>
    session.isEditor.value && byCode.value.get(article.column)?.kind === 'qa' && article.state === 'published' && article.checked_on < (session.desk.value?.check_before ?? '')
  const groups = computed(() => groupsOf(columns.value))
  /** Columns the standard demands and the school has left empty. */
  const missing = computed(() => columns.value.filter(isMissing))

  void load()
  return { data: session.desk, error, pending, load, columns, byCode, columnName, isToCheck, groups, missing }
}

export interface ColumnGroup {
  code: string
  name: string
  columns: DeskColumn[]
}

export const isMissing = (column: DeskColumn): boolean => column.mandatory && column.writable && column.items === 0

/** groupsOf puts columns under their groups, in the order of the standard. */
export function groupsOf(columns: DeskColumn[]): ColumnGroup[] {
  const groups = new Map<string, ColumnGroup>()
  for (const column of columns) {
    const group = groups.get(column.group) ?? { code: column.group, name: column.group_name, columns: [] }
    group.columns.push(column)
    groups.set(column.group, group)
  }
  return [...groups.values()]
}
