import { computed, shallowRef } from 'vue'
import { articles, attachments, fetchArticleDesk, findings, pb, steps, versions } from '../api'
import { useLoaded } from '../useLoaded'
import type { ArticleDesk, ArticleRecord, AttachmentRecord, Check, FindingRecord, StepAction, StepRecord, VersionRecord } from '../types'

export interface ArticleView {
  article: ArticleRecord
  desk: ArticleDesk
  /** Newest first; without their texts. */
  versions: VersionRecord[]
  /** The version that may be written on. */
  draft: VersionRecord | null
  /** What is before the reviewers, else what the public sees or saw last, else the newest. */
  shown: VersionRecord | null
  files: AttachmentRecord[]
  /** What the scanner found in the version shown. */
  findings: FindingRecord[]
  steps: StepRecord[]
}

/** take is a step on the article, with what the step must say. */
export type Take = (action: StepAction, version: string, reason?: string, check?: Check) => Promise<void>

/** useArticle loads one article with its versions, findings and steps, and takes steps on it. */
export function useArticle(id: string) {
  const loaded = useLoaded(() => fetchArticle(id))
  const draft = computed(() => loaded.data.value?.draft ?? null)
  /** What was just done, for the success message. */
  const done = shallowRef<StepAction | null>(null)

  const take: Take = async (action, version, reason = '', check) => {
    await steps().create({ article: id, version, action, reason, ...(check && { check }) })
    // The person may have handed the article on to the bureau, out of their sight.
    await loaded.load()
    done.value = action
  }

  async function begin(restoredFrom = '') {
    await versions().create({ article: id, ...(restoredFrom && { restored_from: restoredFrom }) })
    done.value = null
    await loaded.load()
  }

  async function discard() {
    if (draft.value) await versions().delete(draft.value.id)
    done.value = null
    await loaded.load()
  }

  return { ...loaded, draft, done, take, begin, discard, remove: () => articles().delete(id) }
}

async function fetchArticle(id: string): Promise<ArticleView> {
  const filter = pb.filter('article = {:id}', { id })
  const [article, desk, list, history] = await Promise.all([
    articles().getOne(id),
    fetchArticleDesk(id),
    versions().getFullList({ filter, sort: '-number', fields: 'id,number,frozen,title,hash,created,updated,restored_from,note' }),
    steps().getFullList({ filter, sort: '-at,-created' }),
  ])
  const full = async (version: VersionRecord | undefined) => (version ? versions().getOne(version.id) : null)
  const isShown = (version: VersionRecord) => version.id === (article.pending || article.published)
  const open = list.find((version) => !version.frozen)
  const [draft, shown] = await Promise.all([full(open), full(list.find(isShown) ?? (open ? undefined : list[0]))])
  const [files, found] = shown ? await Promise.all([filesOf(shown), foundIn(shown)]) : [[], []]
  return { article, desk, versions: list, draft, shown, files, findings: found, steps: history }
}

/** filesOf gives the attachments of a version in its own order. */
export async function filesOf(version: VersionRecord): Promise<AttachmentRecord[]> {
  if (version.attachments.length === 0) return []
  const filter = version.attachments.map((file) => pb.filter('id = {:file}', { file })).join(' || ')
  const list = await attachments().getFullList({ filter })
  return version.attachments.flatMap((wanted) => list.find((file) => file.id === wanted) ?? [])
}

const foundIn = (version: VersionRecord): Promise<FindingRecord[]> =>
  findings().getFullList({ filter: pb.filter('version = {:id}', { id: version.id }), sort: 'created' })
