import type { Page } from '@playwright/test'
import type { ArticlePage, SearchPage } from '../src/shared/api/open'
import { fits, overflow } from './axe'
import { expect, test } from './fixtures'
import { begin, isAccessible, patient, personOf, signIn } from './workbench'

// 表格下载, 办事指南, 校历 and the page that a school puts into its own site.

async function formOf(page: Page): Promise<{ article: ArticlePage['article']; old: string }> {
  const hits = (await (await page.request.get(`/open/v1/search?q=${encodeURIComponent('转学申请表')}&column=B0201`)).json()) as SearchPage
  for (const { id } of hits.items) {
    const { article } = (await (await page.request.get(`/open/v1/articles/${id}`)).json()) as ArticlePage
    if (article.version < 2) continue
    const { token } = await personOf(page, 'editor1')
    const answer = await page.request.get(`/api/collections/attachments/records?filter=(article='${id}')`, { headers: { Authorization: token } })
    const files = ((await answer.json()) as { items: { id: string }[] }).items
    return { article, old: files.find((file) => !article.attachments.some((shown) => shown.id === file.id))!.id }
  }
  throw new Error('the demonstration has no form with an older version')
}

test('the link of an old form says so and leads on: to the current file, to the guide with its steps, and back', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  const { article, old } = await formOf(page)
  await page.goto(`/f/${old}/old.docx`)
  await page.waitForSelector('html[data-ready]')
  await expect(page.getByRole('note')).toContainText('您打开的是旧版（第 1 版）的文件。现行版本是第 2 版')
  await expect(page.getByText(/^下载 \d+ 次$/)).toBeVisible()

  const taking = page.waitForEvent('download')
  await page.getByRole('link', { name: '以原文件下载' }).click()
  expect((await taking).suggestedFilename()).toBe('转学申请表.pdf')
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const file = `/f/${article.attachments[0]!.id}/`
  expect(asked.filter((path) => path.startsWith(file)), 'a preview that is not opened is not fetched').toEqual([])
  await page.getByText('在本页预览').click()
  await expect.poll(() => asked.some((path) => path.startsWith(file))).toBe(true)
  await expect(page.locator('iframe')).toHaveAttribute('title', '预览：转学申请表.pdf')

  await page.locator('.facts').getByRole('link', { name: '转学' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('转学办理指南')
  await expect(page.locator('.facts ol > li')).toHaveCount(5)
  await expect(page.locator('.facts ol')).toHaveCSS('list-style-type', 'decimal')
  expect(await overflow(page)).toBe(0)
  await page.getByRole('navigation', { name: '相关表格' }).getByRole('link', { name: article.title }).click()
  await expect(page).toHaveURL(`/a/${article.id}`)
  await expect(page.getByRole('note')).toHaveCount(0)
})

test('a school puts the page of links into its own site, and the days of a 校历 are checked as they are written', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await signIn(page, 'editor1', '/workbench/embed')
  await patient(page.getByLabel('嵌入代码', { exact: true })).toHaveValue(/^<iframe src="http[^"]+\/s\/\w+\/embed" title="/)
  await isAccessible(page)
  const src = /src="([^"]+)"/.exec(await page.getByLabel('嵌入代码', { exact: true }).inputValue())![1]!
  const taking = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载二维码图片' }).click()
  expect((await taking).suggestedFilename()).toMatch(/二维码\.png$/)

  await begin(page, '校历与作息', '校历（测试）')
  await page.getByLabel('放假安排').fill('按通知\n2026-13-01 元旦放假')
  await expect(page.getByText('第 2 行：“2026-13-01”不是有效日期，要写成 2026-09-01 的样子')).toBeVisible()
  await expect(page.getByLabel('放假安排')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('放假安排').fill('按通知\n2027-01-01至2027-01-03 元旦放假')
  await expect(page.getByText('不是有效日期')).toHaveCount(0)

  const answer = await page.goto(src)
  expect(answer!.headers()['content-security-policy']).toContain('frame-ancestors *')
  await expect(page.getByRole('link')).toHaveText([/信息公开$/, ...Array(await page.locator('ul').first().getByRole('link').count()).fill(/./), '在线咨询', '校长信箱', '依申请公开', '办件查询'])
  await fits(page)
  const small = await page.getByRole('link').evaluateAll((links) => links.filter((link) => link.getBoundingClientRect().height < 44).length)
  expect(small, 'links that are too low to press').toBe(0)
})
