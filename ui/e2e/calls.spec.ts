import type { Page } from '@playwright/test'
import type { ArticleList, ArticlePage } from '../src/shared/api/open'
import { isFit } from './filing'
import { expect, test } from './fixtures'
import { patient, signIn } from './workbench'

// A call for opinions (意见征集): a parent answers it on a phone without a mouse,
// the school reads that, and everybody reads what came of another one.

test.use({ viewport: { width: 360, height: 740 } })

const words = '希望雨天开放体育馆。'

async function callsOf(page: Page): Promise<Record<string, string>> {
  const get = async <T>(path: string): Promise<T> => (await (await page.request.get(path)).json()) as T
  const found: Record<string, string> = {}
  for (const { id } of (await get<ArticleList>('/open/v1/articles?column=B0602')).items) {
    const { article } = await get<ArticlePage>(`/open/v1/articles/${id}`)
    found[article.call!.state] = id
  }
  return found
}

test('an opinion is given by the keyboard, read by the school, and the result is public', async ({ page }) => {
  const { open, ended } = await callsOf(page)
  await page.goto(`/a/${open}`)
  await page.waitForSelector('html[data-ready]')
  await expect(page.getByText('共收到')).toHaveCount(0) // nobody is led by others
  await page.getByRole('button', { name: '提交意见' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '您的意见' })).toBeFocused()
  await isFit(page)

  await page.getByRole('button', { name: '提交意见' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter') // the way to the field
  await expect(page.getByRole('radio', { name: '开放到 16:30' })).toBeFocused()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: '开放到 17:00' })).toBeChecked()
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('意见', { exact: false }).last()).toBeFocused()
  await page.keyboard.insertText('字'.repeat(5001))
  await page.getByRole('button', { name: '提交意见' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('意见最多 5000 个字，现在有 5001 个')
  await isFit(page)
  await page.locator('#a-text').fill(words)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await patient(page.getByRole('heading', { name: '意见已提交，谢谢' })).toBeFocused()
  await isFit(page)

  await page.goto(`/a/${ended}`)
  const tally = page.getByRole('region', { name: '各选项的结果' })
  await expect(tally.getByRole('row')).toHaveCount(4)
  await expect(page.getByText('共收到 124 份意见')).toBeVisible()
  await expect(tally.getByRole('row', { name: /甲款/ })).toContainText('51%')
  await expect(page.getByText('春季起采用甲款')).toBeVisible()
  await expect(page.getByText('面料要透气，洗了不掉色')).toHaveCount(0)

  await signIn(page, 'editor1', `/workbench/articles/${open}`)
  await page.getByRole('link', { name: '查看征集到的意见' }).click()
  await patient(page.getByText(words)).toBeVisible()
  await isFit(page)
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出 Excel' }).click()
  expect((await saved).suggestedFilename()).toMatch(/^征集到的意见_.*\.xlsx$/)
  await page.getByRole('link', { name: '返回信息' }).click()
  await page.getByRole('button', { name: '修改', exact: true }).click()
  await patient(page.getByLabel('选项')).toHaveValue(/开放到 16:30\n/)
  await expect(page.getByLabel('参与方式')).toHaveValue('在本页选择一项，可以填写意见')
  await isFit(page)
})
