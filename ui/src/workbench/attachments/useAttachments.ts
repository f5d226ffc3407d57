import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { attachments, pb, uploadAttachment } from '../api'
import { attachmentIdOf } from '../editor/imageAddress'
import { messageFor, problemOf } from '../problem'
import { fileAddress } from './fileToken'
import { useCleaning } from './useCleaning'
import type { Problem } from '../problem'
import type { AttachmentRecord } from '../types'

const largest = 20 << 20

/** A file on its way: pictures first wait for their words. */
export interface Uploading {
  key: number
  name: string
  size: number
  isImage: boolean
  alt: string
  /** Put into the text once it is there. */
  insert: boolean
  state: 'asking' | 'running' | 'failed'
  percent: number
  message: string
}

interface Options {
  article: string
  version: string
  /** The ids that the version shows, in order. */
  shown: () => string[]
  show: (ids: string[]) => void
  insertImage: (record: AttachmentRecord) => void
  removeImages: (id: string) => void
  save: () => Promise<boolean>
  swap: Parameters<typeof useCleaning>[0]['swap']
}

/** useAttachments uploads, lists and removes the files of an article. */
export function useAttachments({ article, version, shown, show, insertImage, removeImages, save, swap }: Options) {
  const records = shallowRef<AttachmentRecord[]>([])
  const uploading = ref<Uploading[]>([])
  const error = shallowRef<Problem | null>(null)
  const running = new Map<number, () => void>()
  const files = new Map<number, File>()
  let count = 0

  const byId = computed(() => new Map(records.value.map((record) => [record.id, record])))
  const list = computed(() => shown().flatMap((id) => byId.value.get(id) ?? []))

  const cleaning = useCleaning({ version, swap, add: (fresh) => (records.value = [...records.value, fresh]) })
  watch(list, (files) => void cleaning.learn(files.map(({ id }) => id)))
  /** What was found in the files that are shown. */
  const found = computed(() => list.value.flatMap(({ id }) => cleaning.carriedBy(id)))

  async function load() {
    try {
      records.value = await attachments().getFullList({ filter: pb.filter('article = {:article}', { article }), sort: 'created' })
      error.value = null
    } catch (thrown) {
      error.value = problemOf(thrown)
    }
  }

  function add(chosen: Iterable<File>, insert = false) {
    for (const file of chosen) {
      const isImage = file.type.startsWith('image/')
      const item = reactive<Uploading>({
        key: ++count, name: file.name, size: file.size, isImage, alt: '', insert: insert && isImage, state: 'asking', percent: 0, message: '',
      })
      files.set(item.key, file)
      uploading.value.push(item)
      if (!isImage || file.size > largest) void start(item)
    }
  }

  async function start(item: Uploading) {
    const file = files.get(item.key)
    if (!file) return
    if (file.size > largest) return fail(item, '文件过大，单个文件不超过 20 MB')
    if (item.isImage && !item.alt.trim()) {
      item.message = '请用一句话说明图片内容'
      return
    }
    Object.assign(item, { state: 'running', percent: 0, message: '' })
    const upload = uploadAttachment(article, file, item.alt.trim(), (percent) => (item.percent = percent))
    running.set(item.key, upload.cancel)
    try {
      const record = await upload.done
      records.value = [...records.value, record]
      show([...shown(), record.id])
      if (item.insert) insertImage(record)
      drop(item)
      void save()
    } catch (thrown) {
      const problem = problemOf(thrown)
      fail(item, messageFor(problem, 'file') || messageFor(problem, 'alt') || problem.summary)
    } finally {
      running.delete(item.key)
    }
  }

  function fail(item: Uploading, message: string) {
    Object.assign(item, { state: 'failed', message })
  }

  /** drop forgets a file, stopping it if it is on its way. */
  function drop(item: Uploading) {
    files.delete(item.key)
    uploading.value = uploading.value.filter((other) => other.key !== item.key)
    running.get(item.key)?.()
  }

  /** remove takes a file out of this version, and away for good unless a published version shows it. */
  async function remove(record: AttachmentRecord) {
    show(shown().filter((id) => id !== record.id))
    removeImages(record.id)
    if (!(await save())) return
    await attachments().delete(record.id).catch(() => undefined) // a published version still shows it
  }

  async function describe(record: AttachmentRecord, alt: string) {
    const changed = await attachments().update(record.id, { alt })
    records.value = records.value.map((other) => (other.id === changed.id ? changed : other))
  }

  function move(record: AttachmentRecord, by: -1 | 1) {
    const ids = [...shown()]
    const from = ids.indexOf(record.id)
    const to = from + by
    if (from < 0 || to < 0 || to >= ids.length) return
    ids.splice(from, 1)
    ids.splice(to, 0, record.id)
    show(ids)
  }

  /** preview tells where a picture of the text can be seen now. */
  async function preview(src: string): Promise<string> {
    const record = byId.value.get(attachmentIdOf(src) ?? '')
    return record ? fileAddress(record) : src
  }

  return { records, list, uploading, error, cleaning, found, load, add, start, drop, remove, describe, move, preview }
}
