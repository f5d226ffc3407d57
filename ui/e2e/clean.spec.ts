import { readFileSync } from 'node:fs'
import { docx, textsIn } from './docx'
import { expect, test } from './fixtures'
import { begin, body, isAccessible, personOf, saved, signIn, sizes } from './workbench'
import type { Download, Page } from '@playwright/test'

// What a file carries unseen is seen by the scanner, and taken out with one button.

const mimeType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const notice = (name: string) => ({ name, mimeType, buffer: docx({ author: '周晓明', comment: '这一句先不要对外', text: '食堂十一点三十分开饭。' }) })

const unseen = ['文件属性', '批注', '拍摄地点']

const files = (page: Page) => page.getByRole('group', { name: '附件' })
const found = (page: Page) => page.getByRole('region', { name: '自动检查' })
const button = (page: Page, name: string) => files(page).getByRole('button', { name: new RegExp(`一键清理\\s*：${name}`) })

async function send<T>(page: Page, path: string): Promise<T> {
  const { token } = await personOf(page, 'editor1')
  const answer = await page.request.get(path, { headers: { Authorization: token } })
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
  return (await answer.json()) as T
}

/** shown reads over HTTP which files the version shows, and what they say. */
async function shown(page: Page, article: string) {
  const { items } = await send<{ items: { attachments: string[] }[] }>(page, `/api/collections/article_versions/records?filter=(article='${article}')`)
  const { token } = await personOf(page, 'editor1')
  const key = ((await (await page.request.post('/api/files/token', { headers: { Authorization: token } })).json()) as { token: string }).token
  return Promise.all(items[0]!.attachments.map(async (id) => {
    const { file, name } = await send<{ file: string; name: string }>(page, `/api/collections/attachments/records/${id}`)
    const data = await page.request.get(`/api/files/attachments/${id}/${file}?token=${key}`)
    return { id, name, text: textsIn(await data.body()) }
  }))
}

test('author, comment and the place of a photo in a Word file are found, and gone with one button; nothing that was typed is lost', async ({ page }) => {
  await signIn(page)
  const id = await begin(page, '通知公告', `食堂开饭时间${Date.now().toString(36)}`)
  await page.getByLabel('选择附件').setInputFiles([notice('开饭时间.docx'), notice('开饭时间（副本）.docx')])
  await expect(found(page)).toContainText('批注：开饭时间.docx')
  await expect(found(page)).toContainText('文件属性：开饭时间.docx：作者')
  await expect(found(page)).not.toContainText('周晓明')
  await expect(found(page)).toContainText('拍摄地点：开饭时间.docx')
  await expect(page.getByRole('link', { name: '必须处理 4 处' })).toBeVisible()
  for (const what of unseen) await expect(button(page, '开饭时间.docx').locator('..').locator('strong')).toContainText(what)
  const before = await shown(page, id)
  const first = before.findIndex(({ name }) => name === '开饭时间.docx')
  expect(before[first]!.text).toMatch(/周晓明[^]*Exif/)

  // refused: the server's words, and the button is there to try again
  await page.route('**/clean', (route) => route.fulfill({ status: 400, json: { status: 400, message: '', data: { file: { code: 'nothing_to_clean', message: '这个附件不能自动清理，请按提示修改后重新上传' } } } }))
  await button(page, '开饭时间.docx').click()
  await expect(files(page).getByRole('alert')).toContainText('没有清理：这个附件不能自动清理')
  await expect(button(page, '开饭时间.docx')).toBeFocused()
  await page.unroute('**/clean')

  // slow: the person writes on meanwhile
  let go = () => {}
  const gate = new Promise<void>((done) => (go = done))
  await page.route('**/clean', async (route) => {
    await gate
    await route.continue()
  })
  await button(page, '开饭时间.docx').focus()
  await page.keyboard.press('Enter')
  await expect(files(page).getByText('正在清理…')).toBeVisible()
  await body(page).click()
  await page.keyboard.type('清理时写的一句话，不能丢。')
  await page.waitForTimeout(2500) // longer than autosave waits
  go()
  await expect(files(page).getByText('已清理：去掉了')).toBeVisible()
  for (const what of unseen) await expect(files(page).getByText('已清理：去掉了')).toContainText(what)
  await expect(body(page)).toContainText('清理时写的一句话，不能丢。')
  await saved(page)
  await expect(page.getByText('这条信息在别处被修改过。')).toHaveCount(0)

  // gone from the findings and from the file; the other file is as it was
  await expect(found(page)).not.toContainText('批注：开饭时间.docx')
  await expect(found(page)).toContainText('批注：开饭时间（副本）.docx')
  await expect(page.getByRole('link', { name: '必须处理 2 处' })).toBeVisible()
  await expect(button(page, '开饭时间.docx')).toHaveCount(0)
  const after = await shown(page, id)
  expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name))
  expect(after[first]!.id).not.toBe(before[first]!.id)
  expect(after[first]!.text).toContain('食堂十一点三十分开饭')
  expect(after[first]!.text).not.toMatch(/周晓明|先不要对外|Exif/)
  expect(after[1 - first]).toEqual(before[1 - first])

  // the file that is opened is the new one
  const download = new Promise<Download>((done) => page.once('popup', (tab) => tab.once('download', done)))
  await files(page).getByRole('button', { name: /查看\s*：开饭时间\.docx/ }).click()
  expect(textsIn(readFileSync(await (await download).path()))).toBe(after[first]!.text)

  // what was not yet cleaned is known again when one comes back, before anything is saved
  await page.reload()
  await expect(body(page)).toContainText('清理时写的一句话，不能丢。')
  await expect(found(page)).toContainText('批注：开饭时间（副本）.docx')
  await expect(found(page)).toContainText('还没有检查过文字')
  await found(page).getByRole('button', { name: '现在检查' }).click()
  await expect(found(page)).not.toContainText('还没有检查过文字')
  await expect(found(page)).toContainText('批注：开饭时间（副本）.docx')
  await page.getByRole('link', { name: '必须处理 2 处' }).click()
  await expect(found(page).getByRole('heading', { name: '自动检查' })).toBeFocused()
  await button(page, '开饭时间（副本）.docx').click()
  await expect(files(page).getByRole('status').filter({ hasText: '已清理：去掉了' })).toBeFocused()
  await expect(files(page).getByText('一键清理')).toHaveCount(0)

  // and files can still be removed, text still be saved
  page.once('dialog', (dialog) => dialog.accept())
  await files(page).getByRole('button', { name: /移除\s*：开饭时间\.docx/ }).click()
  await page.getByLabel('文号').fill('〔2026〕3号')
  await saved(page)
  await expect.poll(async () => (await shown(page, id)).map(({ name }) => name)).toEqual(['开饭时间（副本）.docx'])
})

for (const viewport of sizes) {
  test(`a file with something to clean has no accessibility faults at ${viewport.width} px`, async ({ page }) => {
    await page.setViewportSize(viewport)
    await signIn(page)
    await begin(page, '通知公告', '无障碍检查清理')
    await page.getByLabel('选择附件').setInputFiles(notice('开饭时间.docx'))
    await expect(button(page, '开饭时间.docx')).toBeVisible()
    await expect(found(page)).toContainText('批注')
    await isAccessible(page)
    await page.route('**/clean', (route) => route.abort())
    await button(page, '开饭时间.docx').click()
    await expect(files(page).getByRole('alert')).toContainText('连接不上服务器')
    await isAccessible(page)
    await page.unroute('**/clean')
    await button(page, '开饭时间.docx').click()
    await expect(files(page).getByText('已清理：去掉了')).toBeVisible()
    await isAccessible(page)
  })
}
