// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { saveFile } from '../../shared/page/saveFile'
import { problemOf } from '../problem'
import { nameIn, saveDossier, saveRegister } from './serverFile'

vi.mock('../../shared/page/saveFile', () => ({ saveFile: vi.fn() }))
beforeEach(() => vi.mocked(saveFile).mockClear())
afterEach(() => vi.unstubAllGlobals())

const summaryOf = (work: Promise<void>) => work.then(() => '', (thrown) => problemOf(thrown).summary)
const saved = () => vi.mocked(saveFile).mock.calls.map(([name, data]) => [name, data.size])

function answered(headers: Record<string, string>) {
  const asked = vi.fn<typeof fetch>(async () => new Response('PK', { headers }))
  vi.stubGlobal('fetch', asked)
  return asked
}

it('takes the name that the server gives', () => {
  expect(nameIn("attachment; filename*=utf-8''%E5%85%A8_9999990001-A0308-2026-0001.zip")).toBe('全_9999990001-A0308-2026-0001.zip')
  for (const bad of ['', 'attachment', "attachment; filename*=utf-8''%E5%"]) expect(nameIn(bad)).toBe('')
})

it('saves the form of the version asked for', async () => {
  const asked = answered({ 'Content-Disposition': "attachment; filename*=utf-8''a.docx" })
  await saveRegister('article', 'version')
  expect(asked.mock.calls[0]?.[0]).toContain('/api/app/articles/article/register?version=version')
  expect(saved()).toEqual([['a.docx', 2]])
})

it('saves the dossier, under a name of our own where none is given', async () => {
  const asked = answered({})
  await saveDossier('article')
  expect(asked.mock.calls[0]?.[0]).toContain('/api/app/articles/article/dossier')
  expect(saved()).toEqual([['全部材料.zip', 2]])
})

it('saves nothing and says why, where it is refused', async () => {
  const message = '还没有在平台上提交过审核，没有审核登记表。'
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ status: 409, message, data: {} }), { status: 409 }))
  expect(await summaryOf(saveRegister('article', 'version'))).toBe(message)
  vi.stubGlobal('fetch', async () => new Response('{}', { status: 404 }))
  expect(await summaryOf(saveDossier('article'))).toContain('找不到这条信息')
  expect(saveFile).not.toHaveBeenCalled()
})

it('saves no half of a file', async () => {
  vi.stubGlobal('fetch', async () => ({ ok: true, status: 200, headers: new Headers(), blob: () => Promise.reject(new TypeError('network error')) }))
  expect(await summaryOf(saveDossier('article'))).toContain('连接不上服务器')
  expect(saveFile).not.toHaveBeenCalled()
})
