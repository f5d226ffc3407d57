// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { saveFile } from '../page/saveFile'
import { problemOf } from '../problem'
import { dossierName, saveDossier } from './dossierFile'

vi.mock('../page/saveFile', () => ({ saveFile: vi.fn() }))
beforeEach(() => vi.mocked(saveFile).mockClear())
afterEach(() => vi.unstubAllGlobals())

const summaryOf = (work: Promise<void>) => work.then(() => '', (thrown) => problemOf(thrown).summary)

it('takes the name that the server gives', () => {
  expect(dossierName("attachment; filename*=utf-8''%E5%85%A8_9999990001-A0308-2026-0001.zip")).toBe('全_9999990001-A0308-2026-0001.zip')
  for (const bad of ['', 'attachment', "attachment; filename*=utf-8''%E5%"]) expect(dossierName(bad)).toBe('全部材料.zip')
})

it('saves the whole file', async () => {
  const asked = vi.fn<typeof fetch>(async () => new Response('PK', { headers: { 'Content-Disposition': "attachment; filename*=utf-8''a.zip" } }))
  vi.stubGlobal('fetch', asked)
  await saveDossier('article')
  expect(asked.mock.calls[0]?.[0]).toContain('/api/app/articles/article/dossier')
  expect(vi.mocked(saveFile).mock.calls.map(([name, data]) => [name, data.size])).toEqual([['a.zip', 2]])
})

it('saves nothing and says why, where it is refused', async () => {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ status: 500, message: '有附件的文件在服务器上找不到。', data: {} }), { status: 500 }))
  expect(await summaryOf(saveDossier('article'))).toBe('有附件的文件在服务器上找不到。')
  vi.stubGlobal('fetch', async () => new Response('{}', { status: 404 }))
  expect(await summaryOf(saveDossier('article'))).toContain('找不到这条信息')
  expect(saveFile).not.toHaveBeenCalled()
})

it('saves no half of a file', async () => {
  vi.stubGlobal('fetch', async () => ({ ok: true, status: 200, headers: new Headers(), blob: () => Promise.reject(new TypeError('network error')) }))
  expect(await summaryOf(saveDossier('article'))).toContain('连接不上服务器')
  expect(saveFile).not.toHaveBeenCalled()
})
