import { computed, shallowRef } from 'vue'
import { articles, pb, steps, versions } from '../api'
import { useLoaded } from '../useLoaded'
import type { ArticleRecord, StepRecord, VersionRecord } from '../types'

export interface ArticleView {
  article: ArticleRecord
  /** Newest first; the text only of the open one and of the one to show. */
  versions: VersionRecord[]
  /** The version that may be written on. */
  draft: VersionRecord | null
  /** What the public sees, or saw last. */
  shown: VersionRecord | null
  steps: StepRecord[]
}

/** useArticle loads one article with its versions and steps, and takes steps on it. */
export function useArticle(id: string) {
  const loaded = useLoaded(() => fetchArticle(id))
  const draft = computed(() => loaded.data.value?.draft ?? null)
  /** What was just done, for the success message. */
  const done = shallowRef<StepRecord['action'] | null>(null)

  async function take(action: StepRecord['action'], version: string, reason = '') {
    await steps().create({ article: id, version, action, reason })
    await loaded.load()
    done.value = action
  }

  async function startDraft() {
    await versions().create({ article: id })
    done.value = null
    await loaded.load()
  }

  return {
    ...loaded,
    draft,
    done,
    publish: () => take('publish', draft.value?.id ?? ''),
    withdraw: (reason: string) => take('withdraw', loaded.data.value?.article.published ?? '', reason),
    startDraft,
    remove: () => articles().delete(id),
  }
}

async function fetchArticle(id: string): Promise<ArticleView> {
  const filter = pb.filter('article = {:id}', { id })
  const [article, list, history] = await Promise.all([
    articles().getOne(id),
    versions().getFullList({ filter, sort: '-number', fields: 'id,number,frozen,title,hash,created,updated' }),
    steps().getFullList({ filter, sort: '-at' }),
  ])
  const full = async (version: VersionRecord | undefined) => (version ? versions().getOne(version.id) : null)
  const [draft, shown] = await Promise.all([
    full(list.find((version) => !version.frozen)),
    full(list.find((version) => version.id === article.published)),
  ])
  return { article, versions: list, draft, shown, steps: history }
}
