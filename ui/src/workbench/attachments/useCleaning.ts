import { computed, ref, shallowRef } from 'vue'
import { attachments, pb } from '../api'
import { cleanableWords, without, wordsOf } from '../findings/findings'
import { messageFor } from '../problem'
import { useTask } from '../useTask'
import type { Swapped } from '../articles/useDraft'
import type { AttachmentRecord, Found } from '../types'

/** An attachment with what was found in it; lists leave that out. */
interface Examined extends AttachmentRecord {
  findings: Found[] | null
  /** Classes that the file carries no more; only in the answer to cleaning. */
  removed?: string[] | null
}

interface Options {
  version: string
  /** Changes the draft together with the server; useDraft's swapFile. */
  swap: (old: string, ask: () => Promise<Swapped>) => Promise<void>
  /** Makes the clean file known; which files are shown is the draft's. */
  add: (fresh: AttachmentRecord) => void
}

/** useCleaning knows what the files carry unseen, and has it taken out where that changes nothing a reader sees. */
export function useCleaning({ version, swap, add }: Options) {
  const carried = shallowRef<ReadonlyMap<string, Found[]>>(new Map())
  const asking = new Set<string>()
  const { pending, problem, run } = useTask()
  /** The file that is being cleaned, or was last, or could not be. */
  const at = ref('')
  const removed = ref('')
  const error = computed(() => (problem.value ? messageFor(problem.value, 'file') || problem.value.summary : ''))

  const carriedBy = (id: string): Found[] => carried.value.get(id) ?? []
  const keep = (id: string, found: Found[] | null) => (carried.value = new Map(carried.value).set(id, found ?? []))

  /** learn asks for what is not known yet; what does not answer is asked for again with the next change of the list. */
  async function learn(ids: readonly string[]): Promise<void> {
    const unknown = ids.filter((id) => !carried.value.has(id) && !asking.has(id))
    await Promise.all(unknown.map(async (id) => {
      asking.add(id)
      await attachments().getOne<Examined>(id).then(({ findings }) => keep(id, findings)).catch(() => undefined)
      asking.delete(id)
    }))
  }

  /** clean has one file cleaned and tells whether it was. */
  async function clean(record: AttachmentRecord): Promise<boolean> {
    if (pending.value) return false
    at.value = record.id
    removed.value = ''
    return run(() => swap(record.id, async () => {
      const fresh = await pb.send<Examined>(`/api/app/attachments/${record.id}/clean`, { method: 'POST', body: { version } })
      const left = fresh.findings ?? []
      const gone = without(carriedBy(record.id), left)
      keep(fresh.id, left)
      add(fresh)
      at.value = fresh.id
      removed.value = wordsOf(fresh.removed ?? [])
      return { id: fresh.id, gone }
    }))
  }

  return { at, pending, error, removed, carriedBy, learn, clean, cleanable: (id: string) => cleanableWords(carriedBy(id)) }
}
