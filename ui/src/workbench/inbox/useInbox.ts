import { computed, onBeforeUnmount, onMounted, ref, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import type { Claim, Inbox, InboxItem } from '../../shared/api/schema.gen'
import { pb } from '../api'
import { useNoticeEvents } from '../notices/useNoticeEvents'
import { announcement } from '../page/usePageTitle'
import { problemOf } from '../problem'
import type { Problem } from '../problem'
import { useLoaded } from '../useLoaded'
import { groupsOf, move, titleOf, toDo } from './inboxWords'

const claimOf = (id: string, claim: boolean) => pb.send<Claim>(`/api/app/articles/${id}/claim`, { method: 'POST', body: { claim } })

/** useInbox loads the inbox, keeps it and the title of the tab fresh, and claims what is in it. */
export function useInbox() {
  const loaded = useLoaded<Inbox>(() => pb.send<Inbox>('/api/app/inbox', { method: 'GET' }))
  const groups = computed(() => groupsOf(loaded.data.value?.items ?? []))
  const claiming = ref('')
  const problem = shallowRef<Problem | null>(null)

  async function claim(item: InboxItem) {
    claiming.value = item.id
    problem.value = null
    try {
      await claimOf(item.id, !item.claimed_by_me)
    } catch (thrown) {
      problem.value = problemOf(thrown)
    }
    await loaded.load() // also after a refusal: somebody else has it now
    claiming.value = ''
  }

  watch(loaded.data, (fresh, before) => {
    document.title = titleOf(fresh?.counts ?? null)
    if (fresh && before && toDo(fresh.counts) > toDo(before.counts)) announcement.value = `有新的待办，共 ${toDo(fresh.counts)} 件`
  })
  onMounted(() => loaded.load())
  useNoticeEvents(() => void loaded.load())

  return { ...loaded, groups, claiming, problem, claim }
}

/**
 * useListKeys moves the focus between the links of a list: j and k, or the
 * arrows. Only while the focus is inside: single letters belong to nobody else
 * there, and screen readers and speech input use them elsewhere.
 */
export function useListKeys(place: Readonly<Ref<HTMLElement | null>>) {
  const links = () => [...(place.value?.querySelectorAll<HTMLElement>('a[data-item]') ?? [])]

  function go(event: KeyboardEvent) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing) return
    const all = links()
    const row = (event.target as HTMLElement).closest('li')
    const to = move(event.key, all.findIndex((link) => row?.contains(link)), all.length)
    if (to === null) return
    event.preventDefault()
    all[to]?.focus()
  }

  onMounted(() => place.value?.addEventListener('keydown', go))
  onBeforeUnmount(() => place.value?.removeEventListener('keydown', go))
}
