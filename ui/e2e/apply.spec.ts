import type { Page } from '@playwright/test'
import type { SchoolList, SearchPage } from '../src/shared/api/open'
import { beginForm, card, fileOne, fillForm, idNumber, isFit, receiptOf } from './filing'
import { expect, test } from './fixtures'

// A parent with an old phone applies for information.

test.use({ viewport: { width: 360, height: 740 } })

let school = ''
test.beforeEach(async ({ request }) => {
  const { items } = (await (await request.get('/open/v1/schools')).json()) as SchoolList
  school = items.find((item) => item.status === 'open')!.code
})

const submit = (page: Page) => page.getByRole('button', { name: '提交申请' })

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the page says how to apply otherwise', async ({ page }) => {
    await page.goto(`/s/${school}`)
    await page.getByRole('link', { name: '申请公开信息' }).click()
    await expect(page.getByText('20 个工作日内答复')).toBeVisible()
    await expect(page.getByText('在线填写需要启用 JavaScript')).toBeVisible()
    await expect(page.getByRole('heading', { name: '不上网怎样申请' })).toBeVisible()
    await expect(page.getByRole('button', { name: '填写申请表' })).toBeHidden()
  })
})

test('the whole way leads to a receipt that is shown once', async ({ page }) => {
  const { number, code } = await fileOne(page, school, '2026 年课后服务收费的标准和依据')
  expect(number).toMatch(/^SQ\d{4}-\d{5}$/)
  expect(code).toMatch(/^[0-9A-Z]{8}$/)
  await isFit(page)
  const picture = page.getByRole('img', { name: /二维码/ })
  await expect(picture).toHaveJSProperty('complete', true)
  expect(await picture.getAttribute('src')).not.toContain(code)
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + location.href)).not.toContain(code)

  const asked: string[] = []
  page.on('dialog', async (dialog) => {
    asked.push(dialog.message())
    await (asked.length > 1 ? dialog.accept() : dialog.dismiss())
  })
  await page.getByRole('link', { name: '查询办理进度' }).click() // the code is not written down yet
  await expect(page.getByText(code)).toBeVisible()
  expect(asked).toEqual([expect.stringContaining('查询码只显示这一次')])
  await page.getByLabel('我已经记下编号和查询码').check()
  await page.getByRole('link', { name: '查询办理进度' }).click()
  await expect(page.getByLabel('编号', { exact: true })).toHaveValue(number)
  expect(asked).toHaveLength(1)
})

test('what is missing is told at the top and at each field, and the keyboard leads there', async ({ page }) => {
  await beginForm(page, school)
  await isFit(page)
  await submit(page).focus()
  await page.keyboard.press('Enter')
  const summary = page.getByRole('alert')
  await expect(summary).toBeFocused()
  await expect(summary.getByRole('heading')).toHaveText('有 9 处需要改正')
  await isFit(page)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const subject = page.getByLabel('需要的信息')
  await expect(subject).toBeFocused()
  await expect(subject).toHaveAccessibleDescription(/请填写所需信息的名称/)
  await expect(subject).toHaveAttribute('aria-invalid', 'true')
})

test('what only the server can tell is told in the same way', async ({ page }) => {
  await beginForm(page, school)
  await fillForm(page, '收费标准')
  await page.getByLabel('证件号码', { exact: true }).fill('110105194912310021') // a wrong check digit
  await page.getByLabel('联系电话').fill('12345')
  await submit(page).click()
  const summary = page.getByRole('alert')
  await expect(summary).toBeFocused()
  await expect(summary.getByRole('link')).toHaveText(['证件号码不正确，请核对 18 位号码', '电话号码不正确，固定电话请加区号'])
  await summary.getByRole('link').last().click()
  await expect(page.getByLabel('联系电话')).toBeFocused()
  await page.getByLabel('联系电话').fill('13800138000')
  await page.getByLabel('证件号码', { exact: true }).fill(idNumber)
  await submit(page).click()
  await receiptOf(page)
})

test('an organisation and an agent are asked for what belongs to them', async ({ page }) => {
  await beginForm(page, school)
  await page.getByLabel('单位', { exact: false }).first().check()
  await page.getByLabel('我是代理人').check()
  await page.getByLabel('传真', { exact: true }).check()
  await submit(page).click()
  const told = page.getByRole('alert').getByRole('link')
  for (const words of ['请填写统一社会信用代码', '请填写法定代表人', '请上传授权委托书', '选择传真的，请填写传真号码']) {
    await expect(told.filter({ hasText: words })).toHaveCount(1)
  }
  await isFit(page)
})

test('a draft is kept on the device without number and files, and can be cleared', async ({ page }) => {
  await beginForm(page, school)
  await fillForm(page, '食堂采购合同')
  await page.reload()
  await page.waitForSelector('html[data-ready]')
  await expect(page.getByText('没有提交的申请表')).toBeVisible()
  await page.getByRole('button', { name: '继续填写申请表' }).click()
  await expect(page.getByText('已恢复上次填写的内容')).toBeVisible()
  await expect(page.getByLabel('需要的信息')).toHaveValue('食堂采购合同')
  await expect(page.getByLabel('姓名', { exact: true })).toHaveValue('王小明')
  await expect(page.getByLabel('证件号码', { exact: true })).toHaveValue('')
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(idNumber)
  page.once('dialog', (dialog) => dialog.accept())
  await page.getByRole('button', { name: '清除填写的内容' }).click()
  await expect(page.getByLabel('需要的信息')).toHaveValue('')
  await page.reload()
  await page.waitForSelector('html[data-ready]')
  await expect(page.getByText('没有提交的申请表')).toBeHidden()
})

test('a double click files one application', async ({ page }) => {
  const sent: string[] = []
  page.on('request', (asked) => asked.method() === 'POST' && asked.url().endsWith('/requests') && sent.push(asked.url()))
  await beginForm(page, school)
  await fillForm(page, '作息时间')
  await submit(page).dblclick()
  await receiptOf(page)
  expect(sent).toHaveLength(1)
})

test('after a lost answer and a reload the same receipt is shown', async ({ page }) => {
  await beginForm(page, school)
  await fillForm(page, '校服采购')
  let lost: { number: string; code: string } | undefined
  await page.route('**/api/app/schools/*/requests', async (route) => {
    lost = (await (await route.fetch()).json()) as typeof lost // it arrived, the answer does not
    await route.abort()
  })
  await submit(page).click()
  await expect(page.getByRole('alert')).toContainText('网络没有连通')
  await page.unroute('**/api/app/schools/*/requests')
  await page.reload()
  await page.waitForSelector('html[data-ready]')
  await page.getByRole('button', { name: '继续填写申请表' }).click()
  await page.getByLabel('证件号码', { exact: true }).fill(idNumber)
  await page.locator('#a-proofs').setInputFiles(await card(page, 60, 40))
  await page.getByLabel(/填报的内容属实/).check()
  await submit(page).click()
  expect(await receiptOf(page)).toEqual({ number: lost?.number, code: lost?.code })
})

test('a large photograph is made smaller before it is sent', async ({ page }) => {
  await beginForm(page, school)
  const large = await card(page, 3600, 2700)
  expect(large.buffer.length).toBeGreaterThan(3_000_000)
  await page.locator('#a-proofs').setInputFiles(large)
  const line = page.locator('.papers li')
  await expect(line).toContainText('身份证.jpg')
  await expect(line).toContainText(/[\d.]+ (KB|MB)/)
  const told = /([\d.]+) (KB|MB)/.exec(await line.innerText())!
  const bytes = Number(told[1]) * (told[2] === 'MB' ? 1024 * 1024 : 1024)
  expect(bytes).toBeLessThan(large.buffer.length * 0.8)
  await page.getByRole('button', { name: '去掉 身份证.jpg' }).click()
  await expect(line).toHaveCount(0)
})

test('published items that may be the answer are offered while the subject is typed', async ({ page, request }) => {
  const { items } = (await (await request.get(`/open/v1/search?school=${school}`)).json()) as SearchPage
  const { title } = items.find((item) => item.state === 'published' && /[\u4e00-\u9fff]{4}/.test(item.title))!
  await beginForm(page, school)
  await page.getByLabel('需要的信息').fill(/[\u4e00-\u9fff]{4,}/.exec(title)![0])
  const offer = page.locator('.suggestions')
  await expect(offer).toBeVisible()
  await expect(offer.getByRole('link').first()).toHaveAttribute('target', '_blank')
  await isFit(page)
  await offer.getByRole('button', { name: /回答了我的问题/ }).first().click()
  await expect(offer.getByText('谢谢您告诉我们')).toBeVisible()
})
