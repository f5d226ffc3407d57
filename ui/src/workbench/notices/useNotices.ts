import { computed, onMounted } from 'vue'
import type { NotificationsRecord } from '../../shared/api/schema.gen'
import { pb } from '../api'
import { useLoaded } from '../useLoaded'
import { useNoticeEvents } from './useNoticeEvents'

export interface Notices {
  /** The newest ones, read or not. */
  items: NotificationsRecord[]
  unread: number
}

const shown = 20

/** useNotices keeps what the person was told, and marks it as read. */
export function useNotices() {
  const loaded = useLoaded<Notices>(fetchNotices)
  const unread = computed(() => loaded.data.value?.unread ?? 0)

  async function read(body: { ids: string[] } | { all: true }) {
    try {
      await pb.send('/api/app/notifications/read', { method: 'POST', body })
    } finally {
      await loaded.load()
    }
  }

  onMounted(() => loaded.load())
  useNoticeEvents(() => void loaded.load())

  return { ...loaded, unread, read }
}

async function fetchNotices(): Promise<Notices> {
  const notices = pb.collection<NotificationsRecord>('notifications')
  const [list, unread] = await Promise.all([
    notices.getList(1, shown, { sort: '-created', skipTotal: true }),
    notices.getList(1, 1, { filter: "read_at = ''", fields: 'id' }),
  ])
  return { items: list.items, unread: unread.totalItems }
}
