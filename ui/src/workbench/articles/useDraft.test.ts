// @vitest-environment jsdom
import { ClientResponseError } from 'pocketbase'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { problemOf } from '../problem'
import { useDraft } from './useDraft'
import type { Found, VersionRecord } from '../types'

const update = vi.fn<(id: string, body: Record<string, unknown>) => Promise<VersionRecord>>()
const getOne = vi.fn<() => Promise<VersionRecord>>()
vi.mock('../api', async (original) => ({ ...(await original<object>()), versions: () => ({ update, getOne }) }))

const opened = {
  id: 'v', article: 'a', number: 2, frozen: false, title: '食谱', body: '<p>甲</p>', facts: [], source: '', doc_number: '', originally_on: '', created_on: '2026-01-05',
  valid_until: '', attachments: ['x', 'old'], publicity_workdays: 0, release_at: '', note: '', updated: 'at 1',
} as unknown as VersionRecord
const author: Found = { class: 'document_author', level: 'warn', place: '通知.docx：作者', sample: '周**', hint: '', can_clean: true }

describe('a draft', () => {
  let scope = effectScope()
  const start = () => scope.run(() => useDraft(opened))!
  /** What the server has; it stamps every change. */
  let there = opened
  const write = (fields: object) => (there = { ...there, ...fields, updated: `at ${Number(there.updated.slice(3)) + 1}` })
  const clean = async () => {
    write({ attachments: ['x', 'fresh'] })
    return { id: 'fresh', gone: [author] }
  }

  beforeEach(() => {
    vi.useFakeTimers()
    scope = effectScope()
    there = opened
    localStorage.clear()
    getOne.mockReset().mockImplementation(async () => there)
    update.mockReset().mockImplementation(async (_, { base, ...fields }) => {
      if (base !== undefined && base !== there.updated) throw new ClientResponseError({ status: 409 })
      return { ...write(fields), findings: [author] }
    })
  })
  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
  })

  it('a file that the server replaced is no conflict, takes its findings along, and what was typed meanwhile is saved', async () => {
    const { form, found, swapFile, autosave } = start()
    form.title = '新食谱'
    await vi.advanceTimersByTimeAsync(1500)
    expect(found.value).toEqual([author])
    await swapFile('old', async () => {
      form.body = '<p>清理时写的</p>'
      await vi.advanceTimersByTimeAsync(2000)
      return clean()
    })
    expect([form.attachments, found.value]).toEqual([['x', 'fresh'], []])
    await vi.advanceTimersByTimeAsync(1500)
    expect([autosave.state.value, there.body, there.attachments]).toEqual(['saved', '<p>清理时写的</p>', ['x', 'fresh']])
    expect(update.mock.lastCall?.[1]).toEqual({ body: '<p>清理时写的</p>', base: 'at 3' })
  })

  it('before a file is replaced, saves what is not saved yet', async () => {
    const { form, swapFile } = start()
    form.attachments = ['old', 'x']
    await swapFile('old', async () => {
      expect(there.attachments).toEqual(['old', 'x'])
      write({ attachments: ['fresh', 'x'] })
      return { id: 'fresh', gone: [] }
    })
    expect(form.attachments).toEqual(['fresh', 'x'])
  })

  it('knows of a change of the same moment', async () => {
    const { form, autosave } = start()
    form.attachments = ['x']
    expect(await autosave.flush()).toBe(true)
    expect(there.attachments).toEqual(['x'])
  })

  it('is checked when it is asked for, though nothing was changed', async () => {
    const { found, check, autosave } = start()
    expect([await autosave.flush(), found.value]).toEqual([true, null])
    expect([await check(), found.value, update.mock.lastCall?.[1]]).toEqual([true, [author], { base: 'at 1' }])
    await check()
    expect(update).toHaveBeenCalledTimes(1)
  })

  it('no file is replaced while the draft cannot be saved', async () => {
    const { form, swapFile } = start()
    form.attachments = ['old', 'new']
    update.mockRejectedValue(new ClientResponseError({ status: 400 }))
    const ask = vi.fn(clean)
    await expect(swapFile('new', ask).catch((thrown) => problemOf(thrown).summary)).resolves.toContain('内容还没有保存成功')
    expect(ask).not.toHaveBeenCalled()
  })

  it('a file that the server replaced hides no conflict with what somebody else wrote', async () => {
    const { form, swapFile, autosave } = start()
    await swapFile('old', async () => {
      write({ title: '别人的标题' })
      return clean()
    })
    form.doc_number = '1 号'
    await vi.advanceTimersByTimeAsync(1500)
    expect([autosave.state.value, there.doc_number]).toEqual(['conflict', ''])
  })

  it('one writes over the text that was compared, and over no later one', async () => {
    const { form, theirs, overwrite, autosave } = start()
    write({ title: '别人的标题' })
    form.title = '我的标题'
    await vi.advanceTimersByTimeAsync(1500)
    expect([autosave.state.value, theirs.value?.title]).toEqual(['conflict', '别人的标题'])
    write({ title: '更晚的标题' })
    expect(await overwrite()).toBe(false)
    expect([autosave.state.value, theirs.value?.title, there.title]).toEqual(['conflict', '更晚的标题', '更晚的标题'])
    expect(await overwrite()).toBe(true)
    expect(there.title).toBe('我的标题')
  })

  it('an answer that was lost is asked for again before the next save', async () => {
    const { form, swapFile, autosave } = start()
    getOne.mockRejectedValueOnce(new ClientResponseError({ status: 0 }))
    await swapFile('old', clean)
    form.title = '新食谱'
    await vi.advanceTimersByTimeAsync(1500)
    expect([autosave.state.value, there.title]).toEqual(['saved', '新食谱'])
  })

  it('a copy kept on this computer shows the replaced file too', async () => {
    const key = 'gongkai-draft::v'
    localStorage.setItem(key, JSON.stringify({ at: '2026-11-23T02:00:00.000Z', form: { ...opened, title: '没保存的标题' } }))
    const { form, swapFile, useCopy } = start()
    await swapFile('old', clean)
    expect(JSON.parse(localStorage.getItem(key) ?? '{}')).toMatchObject({ at: '2026-11-23T02:00:00.000Z', form: { attachments: ['x', 'fresh'] } })
    useCopy()
    expect([form.title, form.attachments]).toEqual(['没保存的标题', ['x', 'fresh']])
  })
})
