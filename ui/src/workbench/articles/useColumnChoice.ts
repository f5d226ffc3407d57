import { computed, ref, shallowRef } from 'vue'
import { articles } from '../api'
import { problemOf } from '../problem'
import { groupsOf, isMissing } from './useDesk'
import type { Ref } from 'vue'
import type { Problem } from '../problem'
import type { ColumnGroup } from './useDesk'
import type { ArticleRecord, DeskColumn } from '../types'

/** matching finds columns by name, group or code. */
export function matching(columns: DeskColumn[], text: string): DeskColumn[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  return columns.filter((column) => {
    const where = `${column.name} ${column.group_name} ${column.code}`.toLowerCase()
    return words.every((word) => where.includes(word))
  })
}

/** choiceOf puts what is missing first; every column stands once. */
export function choiceOf(columns: DeskColumn[], text: string): ColumnGroup[] {
  const found = matching(columns, text)
  const missing = found.filter(isMissing)
  const rest = groupsOf(found.filter((column) => !isMissing(column)))
  return missing.length > 0 ? [{ code: 'missing', name: '必设栏目，还没有公开内容', columns: missing }, ...rest] : rest
}

/** useColumnChoice searches the columns and begins an article in one of them. */
export function useColumnChoice(columns: Ref<DeskColumn[]>, onBegun: (article: ArticleRecord) => void) {
  const text = ref('')
  const chosen = shallowRef<DeskColumn | null>(null)
  const title = ref('')
  const pending = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const groups = computed(() => choiceOf(columns.value, text.value))

  function choose(column: DeskColumn) {
    chosen.value = column
    problem.value = null
    title.value = column.kind === 'page' || column.kind === 'structured' ? column.name : ''
  }

  async function begin() {
    if (!chosen.value || pending.value) return
    if (!title.value.trim()) {
      problem.value = { status: 400, summary: '请先填写标题', fields: [{ field: 'title', message: '请填写标题' }] }
      return
    }
    pending.value = true
    try {
      onBegun(await articles().create({ column: chosen.value.code, title: title.value.trim() }))
    } catch (thrown) {
      problem.value = problemOf(thrown)
    } finally {
      pending.value = false
    }
  }

  return { text, groups, chosen, choose, title, pending, problem, begin }
}
