import type { Page } from '@playwright/test'
import type { SchoolPage } from '../src/shared/api/open'
import { isFit } from './filing'
import { expect, test } from './fixtures'

// People write to a school on a phone, and follow what becomes of it.

test.use({ viewport: { width: 360, height: 740 } })

const school = '9999990001'

async function begin(page: Page, path: string): Promise<void> {
  await page.goto(`/s/${school}/${path}`)
  await page.waitForSelector('html[data-ready]')
  await page.getByRole('button', { name: '开始填写' }).click()
  await expect(page.getByRole('heading', { level: 2, name: /^填写/ })).toBeFocused()
}

async function receipt(page: Page): Promise<{ number: string; code: string }> {
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await expect(page.getByRole('heading', { name: '已经提交' })).toBeFocused({ timeout: 30_000 })
  const values = page.locator('.receipt-codes dd')
  return { number: await values.nth(0).innerText(), code: await values.nth(1).innerText() }
}

test('a question leads to a receipt, and the receipt to how it stands', async ({ page }) => {
  await begin(page, 'ask')
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await expect(page.getByRole('alert').getByRole('heading')).toHaveText('有 5 处需要改正')
  await page.getByLabel('标题').fill('转学要带什么材料')
  await page.getByLabel('内容').fill('孩子从外区转来，需要带哪些材料？')
  await page.getByLabel('家长', { exact: true }).check()
  await page.getByLabel('姓名', { exact: true }).fill('王小明')
  await page.getByLabel('手机号码或者电子邮箱').fill('wang@example.cn')
  await isFit(page)
  const { number, code } = await receipt(page)
  expect(number).toMatch(/^LX\d{4}-\d{5}$/)
  await isFit(page)
  await page.getByLabel('我已经记下编号和查询码').check()
  await page.getByRole('link', { name: '查询办理进度' }).click()
  await page.getByRole('textbox', { name: '查询码' }).fill(code)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: `来信 ${number}` })).toBeFocused()
  await expect(page.getByText('待受理')).toBeVisible()
  await expect(page.getByText('王小明')).toHaveCount(0)
  await isFit(page)
  expect(page.url()).not.toContain(code)
  await page.getByText('撤回来信', { exact: true }).click()
  await page.getByRole('button', { name: '确定撤回' }).click()
  await expect(page.getByText('来信已撤回。').first()).toBeVisible()
})

test('bullying is reported without a name, and nothing of it stays on the phone', async ({ page }) => {
  await begin(page, 'mailbox')
  await page.getByLabel(/学生欺凌/).check()
  await page.getByLabel('标题').fill('被同学欺负')
  await page.getByLabel('内容').fill('昨天放学后在操场')
  await page.getByLabel('学生', { exact: true }).check()
  await expect(page.getByText('你写的信会这样办')).toBeVisible()
  await page.getByLabel('不写姓名（匿名）').check()
  await expect(page.getByLabel('姓名', { exact: true })).toHaveCount(0)
  await isFit(page)
  await page.waitForTimeout(500) // longer than a draft takes to be kept
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('操场')
  await receipt(page)
  await expect(page.getByText(/已经告知校长和区教育局/)).toBeVisible()
})

test('a mistake is reported from the page, with the words that are marked', async ({ page, request }) => {
  const { latest } = (await (await request.get(`/open/v1/schools/${school}`)).json()) as SchoolPage
  await page.goto(`/a/${latest[0]!.id}`)
  await page.waitForSelector('html[data-ready]')
  const title = await page.locator('h1').innerText()
  await page.locator('h1').selectText()
  await page.getByRole('link', { name: '我要纠错' }).click()
  await expect(page.getByLabel('有误的文字')).toHaveValue(title)
  await expect(page.getByLabel('网页地址')).toHaveValue(new RegExp(`/a/${latest[0]!.id}$`))
  await isFit(page)
})
