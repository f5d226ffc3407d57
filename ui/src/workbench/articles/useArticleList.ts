import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { articles, pb, versions } from '../api'
import { useLoaded } from '../useLoaded'
import type { ArticleRecord } from '../types'

const perPage = 20

/** What the list shows; it lives in the address, so that "back" and bookmarks work. */
export interface Filter {
  state: string
  stage: string
  column: string
  text: string
}

export interface ListPage {
  items: ArticleRecord[]
  page: number
  totalPages: number
  totalItems: number
  /** Public articles that have an unpublished change beside them. */
  changing: ReadonlySet<string>
}

export function useArticleList() {
  const route = useRoute()
  const router = useRouter()
  const word = (value: unknown) => (typeof value === 'string' ? value : '')
  const filter = computed<Filter>(() => ({ state: word(route.query.state), stage: word(route.query.stage), column: word(route.query.column), text: word(route.query.q) }))
  const page = computed(() => Math.max(1, Number.parseInt(word(route.query.page), 10) || 1))
  const isFiltered = computed(() => Boolean(filter.value.state || filter.value.stage || filter.value.column || filter.value.text))
  const loaded = useLoaded<ListPage>(() => fetchPage(filter.value, page.value))

  function show(next: Filter, toPage = 1) {
    const query: Record<string, string> = {}
    if (next.state) query.state = next.state
    if (next.stage) query.stage = next.stage
    if (next.column) query.column = next.column
    if (next.text.trim()) query.q = next.text.trim()
    if (toPage > 1) query.page = String(toPage)
    return router.push({ name: 'articles', query })
  }

  // Only while this page shows: leaving it changes the address as well.
  watch([filter, page], () => route.name === 'articles' && loaded.load(), { immediate: true, deep: true })

  return { ...loaded, filter, page, isFiltered, show, turn: (to: number) => show(filter.value, to) }
}

async function fetchPage(filter: Filter, page: number): Promise<ListPage> {
  const found = await articles().getList(page, perPage, {
    filter: filterOf(filter),
    sort: '-updated',
    fields: 'id,title,column,state,stage,index_number,published_at,checked_on,updated',
  })
  return { ...found, changing: await fetchChanging(found.items) }
}

/** filterOf writes PocketBase's filter; values are quoted by its own client. */
export function filterOf({ state, stage, column, text }: Filter): string {
  const parts = []
  if (state) parts.push(pb.filter('state = {:state}', { state }))
  if (stage) parts.push(pb.filter('stage = {:stage}', { stage }))
  if (column) parts.push(pb.filter('column = {:column}', { column }))
  if (text) parts.push(pb.filter('(title ~ {:text} || index_number ~ {:text})', { text }))
  return parts.join(' && ')
}

async function fetchChanging(items: ArticleRecord[]): Promise<ReadonlySet<string>> {
  const shown = items.filter((item) => item.state !== 'draft').map((item) => pb.filter('article = {:id}', { id: item.id }))
  if (shown.length === 0) return new Set()
  const drafts = await versions().getFullList({ filter: `frozen = false && (${shown.join(' || ')})`, fields: 'article' })
  return new Set(drafts.map((draft) => draft.article))
}
