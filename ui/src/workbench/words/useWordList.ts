import { computed, onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { pb } from '../api'
import { session } from '../session'
import { useLoaded } from '../useLoaded'
import { useTask } from '../useTask'
import type { RescansRecord, WordListsRecord } from '../../shared/api/schema.gen'
import { changesBetween, isChanged } from './wordRows'
import type { WordRow } from './wordRows'

type WordList = Omit<WordListsRecord, 'words'> & { words: WordRow[] | null }
export type WordVersion = Pick<WordListsRecord, 'id' | 'number' | 'count' | 'note' | 'by_name' | 'created'>

const lists = () => pb.collection<WordList>('word_lists')
const rescans = () => pb.collection<RescansRecord>('rescans')
const pollEvery = 5000 // where no live connection can be kept

interface Loaded {
  number: number
  words: WordRow[]
  versions: WordVersion[]
}

/** useWordList edits the list in force and saves it as a new version. */
export function useWordList() {
  const isBureau = computed(() => session.staff.value?.school === '')
  const mayEdit = computed(() => isBureau.value && session.holds('supervisor'))
  const rows = shallowRef<WordRow[]>([])
  const list = useLoaded<Loaded>(async () => {
    const [newest, versions] = await Promise.all([
      lists().getList(1, 1, { sort: '-number' }),
      lists().getList<WordVersion>(1, 50, { sort: '-number', fields: 'id,number,count,note,by_name,created' }),
    ])
    const words = newest.items[0]?.words ?? []
    rows.value = words
    return { number: newest.items[0]?.number ?? 0, words, versions: versions.items }
  })
  const changes = computed(() => changesBetween(list.data.value?.words ?? [], rows.value))
  const said = ref('')
  const { pending, problem, run: runTask } = useTask()
  const act = (work: () => Promise<void>): Promise<boolean> =>
    runTask(() => {
      said.value = ''
      return work()
    })

  const save = (note: string) =>
    act(async () => {
      const saved = await lists().create({ words: rows.value, note, base: list.data.value?.number ?? 0 })
      await Promise.all([list.load(), run.load()])
      said.value = `已保存为第 ${saved.number} 版，从现在起按新词表检查；正在复查已公开和送审中的信息。`
    })

  /** takeBack puts the words of an older version into the form, to be saved as a new one. */
  const takeBack = (version: WordVersion) =>
    act(async () => {
      rows.value = (await lists().getOne(version.id)).words ?? []
      said.value = `已载入第 ${version.number} 版的词语，保存后才生效。`
    })

  const discard = () => {
    rows.value = list.data.value?.words ?? []
  }

  const { run, cancel } = useRescan(act, (text) => (said.value = text))
  if (isBureau.value) void list.load()
  return { isBureau, mayEdit, list, rows, changes, isUnsaved: computed(() => isChanged(changes.value)), said, problem, pending, save, takeBack, discard, run, cancel }
}

/** useRescan follows the newest rescan while the page is open. */
function useRescan(act: (work: () => Promise<void>) => Promise<boolean>, say: (text: string) => void) {
  const run = useLoaded<{ record: RescansRecord | null }>(async () => ({ record: (await rescans().getList(1, 1, { sort: '-created' })).items[0] ?? null }))
  let stop: (() => Promise<void>) | null = null
  let timer = 0
  let isGone = false

  onMounted(async () => {
    await run.load()
    timer = window.setInterval(() => run.data.value?.record?.state === 'running' && void run.load(), pollEvery)
    try {
      stop = await rescans().subscribe('*', ({ record }) => {
        const known = run.data.value?.record
        if (!known || known.id === record.id || record.created > known.created) run.data.value = { record }
      })
      if (isGone) await stop()
    } catch {
      // the timer asks
    }
  })
  onBeforeUnmount(() => {
    isGone = true
    clearInterval(timer)
    stop?.().catch(() => undefined)
  })

  const cancel = (record: RescansRecord) =>
    act(async () => {
      run.data.value = { record: await pb.send<RescansRecord>(`/api/app/rescans/${record.id}/cancel`, { method: 'POST' }) }
      say('已停止复查。已经发现的内容仍留在各校的待办里；再保存一版词表会重新复查。')
    })
  return { run, cancel }
}
