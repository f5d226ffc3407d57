import { onMounted } from 'vue'
import { useLoaded } from '../useLoaded'
import { broadcasts, fetchGroups } from './broadcastApi'
import type { BroadcastRecord } from './broadcastApi'

export interface BroadcastLine extends Pick<BroadcastRecord, 'id' | 'title' | 'due_on' | 'sent_at' | 'by_name' | 'updated'> {
  columnName: string
  schoolCount: number
}

/** useBroadcastList lists what the bureau has sent and what it is still writing. */
export function useBroadcastList() {
  const loaded = useLoaded(async (): Promise<BroadcastLine[]> => {
    const fields = 'id,title,column,due_on,schools,sent_at,by_name,updated'
    const [list, groups] = await Promise.all([broadcasts().getFullList({ sort: '-created', fields }), fetchGroups()])
    const names = new Map(groups.flatMap(({ columns }) => columns.map(({ code, name }) => [code, name])))
    return list.map((one) => ({ ...one, columnName: names.get(one.column) ?? one.column, schoolCount: one.schools.length }))
  })
  onMounted(loaded.load)
  return loaded
}
