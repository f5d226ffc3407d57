import { computed, onMounted, reactive, ref, shallowRef } from 'vue'
import { pb } from '../api'
import { problemOf } from '../problem'
import { useLoaded } from '../useLoaded'
import { broadcasts, fetchGroups, fetchProgress, fetchSchools, remindSchools, sendBroadcast } from './broadcastApi'
import { awaited, formOf } from './broadcastWords'
import type { BroadcastProgress } from '../../shared/api/schema.gen'
import type { Problem } from '../problem'
import type { BroadcastRecord, FileName } from './broadcastApi'
import type { BroadcastForm } from './broadcastWords'

/** useBroadcast holds one broadcast: while it is written, and after it was sent. */
export function useBroadcast(id: string, onCreated: (id: string) => void) {
  const record = shallowRef<BroadcastRecord | null>(null)
  const progress = shallowRef<BroadcastProgress | null>(null)
  const form = reactive<BroadcastForm>(formOf(null))
  const stored = ref(JSON.stringify(form))
  const isChanged = computed(() => JSON.stringify(form) !== stored.value)
  const isSent = computed(() => Boolean(record.value?.sent_at))
  const problem = shallowRef<Problem | null>(null)
  const pending = ref('')
  const done = ref('')
  /** Raised when the text must be drawn again from the form. */
  const redrawn = ref(0)

  const loaded = useLoaded(async () => {
    const [groups, schools, there] = await Promise.all([fetchGroups(), fetchSchools(), id === 'new' ? null : broadcasts().getOne(id)])
    if (there?.sent_at) progress.value = await fetchProgress(there.id)
    if (there) take(there)
    redrawn.value++
    return { groups, schools }
  })
  onMounted(loaded.load)

  function take(fresh: BroadcastRecord) {
    record.value = fresh
    Object.assign(form, formOf(fresh))
    stored.value = JSON.stringify(form)
  }

  /** act does one thing at a time and tells what went wrong. */
  async function act(what: string, work: () => Promise<string>): Promise<boolean> {
    if (pending.value) return false
    pending.value = what
    problem.value = null
    done.value = ''
    try {
      done.value = await work()
      return true
    } catch (thrown) {
      problem.value = problemOf(thrown)
      return false
    } finally {
      pending.value = ''
    }
  }

  async function store(change: object = {}): Promise<BroadcastRecord> {
    const sent = JSON.stringify(form)
    const fields = { ...form, ...change }
    const isNew = record.value === null
    const fresh = record.value ? await broadcasts().update(record.value.id, fields) : await broadcasts().create(fields)
    if (JSON.stringify(form) === sent) {
      const wasCleaned = fresh.body !== form.body
      take(fresh)
      if (wasCleaned) redrawn.value++
    } else {
      record.value = fresh // what was written meanwhile stays, and is not saved yet
      stored.value = sent
    }
    if (isNew) onCreated(fresh.id)
    return fresh
  }

  const save = () => act('save', async () => (await store(), '草稿已保存。'))
  const addFiles = (files: File[]) => act('file', async () => (await store({ 'files+': files }), '附件已上传。'))
  const removeFile = (file: FileName) => act('file', async () => (await store({ 'files-': file.stored }), `已移除附件“${file.name}”。`))
  const remove = () => act('remove', async () => (record.value && (await broadcasts().delete(record.value.id)), ''))

  const send = () =>
    act('send', async () => {
      const { id: sent } = await store()
      progress.value = await sendBroadcast(sent)
      record.value = await broadcasts().getOne(sent)
      return `已下发给 ${progress.value.counts.all} 所学校，并通知各校的信息编辑员。`
    })

  const remind = () =>
    act('remind', async () => {
      progress.value = await remindSchools(record.value?.id ?? '')
      return `已提醒 ${awaited(progress.value.counts)} 所还没有公开的学校。`
    })

  async function addressOf(file: FileName): Promise<string> {
    return record.value ? pb.files.getURL(record.value, file.stored, { token: await pb.files.getToken() }) : ''
  }

  return { ...loaded, record, progress, form, isChanged, isSent, problem, busy: pending, done, redrawn, save, send, remind, remove, addFiles, removeFile, addressOf }
}
