import { ref } from 'vue'
import type { ColumnValues } from '../../shared/api/schema.gen'
import { pb } from '../api'
import type { DeskColumn } from '../types'

/** useFieldValues gives, by field, what others wrote in a column of questions. It is a help: where it fails, nothing is offered. */
export function useFieldValues(column: Pick<DeskColumn, 'code' | 'kind'>) {
  const values = ref<Record<string, string[]>>({})
  async function load() {
    try {
      const { fields } = await pb.send<ColumnValues>(`/api/app/columns/${column.code}/values`, { method: 'GET' })
      values.value = Object.fromEntries(fields.map((field) => [field.name, field.values]))
    } catch (thrown) {
      console.error(thrown)
    }
  }
  if (column.kind === 'qa') void load()
  return values
}
