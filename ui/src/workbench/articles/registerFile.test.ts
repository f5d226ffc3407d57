// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest'
import { problemOf } from '../problem'
import { fileNameOf, saveRegister } from './registerFile'

afterEach(() => vi.unstubAllGlobals())

it('takes the name that the server gives', () => {
  expect(fileNameOf("attachment; filename*=utf-8''%E5%AE%A1%E6%A0%B8_%E7%AC%AC1%E7%89%88.docx")).toBe('审核_第1版.docx')
  for (const bad of ['', 'attachment', "attachment; filename*=utf-8''%E5%"]) expect(fileNameOf(bad)).toBe('审核登记表.docx')
})

function answered(answer: Response) {
  const asked = vi.fn<typeof fetch>(async () => answer)
  const kept: { name: string; data: Blob }[] = []
  let data: Blob
  vi.stubGlobal('fetch', asked)
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: (blob: Blob) => ((data = blob), 'blob:x'), revokeObjectURL: () => {} }))
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    kept.push({ name: this.download, data })
  })
  return { asked, kept }
}

it('saves the file of the version asked for', async () => {
  const { asked, kept } = answered(new Response('PK', { headers: { 'Content-Disposition': "attachment; filename*=utf-8''a.docx" } }))
  await saveRegister('article', 'version')
  expect(asked.mock.calls[0]?.[0]).toContain('/api/app/articles/article/register?version=version')
  expect(kept.map(({ name }) => name)).toEqual(['a.docx'])
  expect(kept[0]?.data.size).toBe(2)
})

it('saves nothing and says why, where there is none', async () => {
  const body = JSON.stringify({ status: 409, message: '还没有在平台上提交过审核，没有审核登记表。', data: {} })
  const { kept } = answered(new Response(body, { status: 409 }))
  await expect(saveRegister('article', 'version').catch((thrown) => Promise.reject(problemOf(thrown).summary))).rejects.toBe('还没有在平台上提交过审核，没有审核登记表。')
  expect(kept).toEqual([])
})
