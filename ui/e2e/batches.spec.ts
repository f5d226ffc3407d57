import { reviewPoints, secrecyPoints } from '../src/shared/api/schema.gen'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { isAccessible, patient, signIn } from './workbench'

// What an old site brought is gone through: filtered, submitted, reviewed many at a
// time; then it is public with its old date, and its old address leads to it.

const all = (page: Page) => page.getByRole('checkbox', { name: /^选择全部/ })
const tickAll = async (page: Page, points: Record<string, string>) => {
  for (const name of Object.values(points)) await page.getByRole('dialog').getByRole('checkbox', { name, exact: true }).check()
}

test('a batch from an old site is submitted and reviewed many at a time', async ({ page, another }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await signIn(page, 'editor4', '/workbench/articles/batches')
  await patient(page.getByRole('link', { name: /旧网站 old-school/ })).toBeVisible()
  await isAccessible(page)
  await page.getByRole('link', { name: /旧网站 old-school/ }).click()
  await patient(all(page)).toBeVisible()
  await isAccessible(page)
  await page.getByLabel('需要核对').selectOption('findings')
  await expect(page.getByRole('rowheader')).toHaveCount(1)
  await expect(page.getByRole('rowheader')).toContainText('帮困助学公告')
  await page.getByLabel('需要核对').selectOption('')
  await expect(page.getByRole('rowheader')).toHaveCount(6)
  await all(page).check()
  await page.getByRole('button', { name: '提交审核' }).click()
  await isAccessible(page)
  await page.getByRole('button', { name: '确认提交审核' }).click()
  // one has findings, one no date, one no column
  await expect(page.getByText('3 条已提交，3 条没有办理，原因见下面。')).toBeVisible()
  await isAccessible(page)

  for (const [name, action, points] of [['reviewer4', '审核通过', reviewPoints], ['secrecy4', '保密审查通过', secrecyPoints]] as const) {
    const other = await signIn(await another(), name, new URL(page.url()).pathname)
    await patient(all(other)).toBeVisible()
    await all(other).check()
    await other.getByRole('button', { name: action, exact: true }).click()
    await tickAll(other, points)
    await isAccessible(other)
    await other.getByRole('button', { name: `确认${action}` }).click()
    await expect(other.getByText(/^3 条已通过/)).toBeVisible()
  }

  const answer = await page.request.get('/info/2102.htm', { maxRedirects: 0 })
  expect(answer.status()).toBe(301)
  await page.goto('/info/2102.htm')
  await expect(page.getByRole('heading', { name: '校园开放日安排' })).toBeVisible()
  await expect(page.locator('.meta')).toContainText('原发布日期2022-05-16')
  await isAccessible(page)
  await page.getByRole('link', { name: '此前的通知' }).click()
  await expect(page.getByRole('heading', { name: '关于调整上学时间的通知' })).toBeVisible()
})
