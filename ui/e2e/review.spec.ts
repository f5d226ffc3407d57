import { readFileSync } from 'node:fs'
import { expect, test } from './fixtures'
import { begin, body, decide, isAccessible, personOf, saved, signIn, sizes, submit } from './workbench'
import type { Page } from '@playwright/test'
import { reviewPoints, secrecyPoints } from '../src/shared/api/schema.gen'

// How something appears: two reviews by two people, told on the real binary.

/** What the page says of the step just taken. */
const said = (page: Page) => page.getByRole('main').getByRole('status').filter({ has: page.locator('strong') })
const inboxItem = (page: Page, title: string) => page.getByRole('main').getByRole('link', { name: new RegExp(title) })

test('write, findings, fix, submit, returned, resubmit, two reviews by two people, scheduled, public', async ({ page, another, request }) => {
  test.setTimeout(240_000)
  const title = `家长开放日安排${Date.now().toString(36)}`
  await signIn(page)
  const id = await begin(page, '通知公告', title)
  await body(page).click()
  await page.keyboard.type('家长开放日定于下周五举行。联系人张晓明，身份证号11010519491231002X，请提前预约。')
  await saved(page)
  const found = page.getByRole('region', { name: '自动检查' })
  await expect(found).toContainText('身份证号')
  await expect(found).not.toContainText('11010519491231002X')
  await page.getByRole('button', { name: '提交审核', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText(/必须处理/)
  await page.getByRole('button', { name: '再看看' }).click()
  await body(page).fill('家长开放日定于下周五举行，请提前预约，联系电话 021-00000000。')
  await saved(page)
  await expect(found).not.toContainText('身份证号')
  await submit(page)
  await expect(said(page)).toContainText('已提交审核。下一步由演示审核1办理')

  // the reviewer sends it back, with a reason
  const reviewer = await signIn(await another(), 'reviewer1')
  await inboxItem(reviewer, title).click()
  await expect(reviewer.getByRole('heading', { name: title }).first()).toBeVisible()
  await reviewer.getByLabel('退回修改').check()
  await reviewer.getByRole('button', { name: '提交意见' }).click()
  await expect(reviewer.getByLabel('原因')).toHaveAccessibleDescription(/退回修改要写明原因/)
  await reviewer.getByLabel('原因').fill('请写明具体时间和地点')
  await reviewer.getByRole('button', { name: '提交意见' }).click()
  await expect(reviewer.getByText('已退回。')).toBeVisible()

  // the writer reads why, changes it and sets a time
  await page.goto('/workbench/inbox')
  await inboxItem(page, title).click()
  await expect(page.getByText('退回修改。').locator('..')).toContainText('请写明具体时间和地点')
  await body(page).fill('家长开放日定于下周五上午九时在报告厅举行，请提前预约，联系电话 021-00000000。')
  const secrecy = await signIn(await another(), 'secrecy1')
  await page.getByLabel('定时公开').fill(shanghaiIn(120_000))
  await saved(page)
  await submit(page)
  await expect(page.getByText('已提交审核。')).toBeVisible()

  // two people pass it; ticking is asked for
  await reviewer.goto(`/workbench/articles/${id}`)
  await reviewer.getByLabel('审核通过').check()
  await reviewer.getByRole('button', { name: '提交意见' }).click()
  await expect(reviewer.getByRole('group', { name: '逐项核对' })).toContainText('请逐项核对并勾选')
  for (const point of Object.values(reviewPoints)) await reviewer.getByLabel(point).check()
  await reviewer.getByRole('button', { name: '提交意见' }).click()
  await expect(said(reviewer)).toContainText('已通过。下一步由演示保密审查1办理')
  await expect(reviewer.getByRole('button', { name: '提交意见' })).toHaveCount(0)

  await secrecy.goto('/workbench/inbox')
  await inboxItem(secrecy, title).click()
  await secrecy.getByLabel('可公开', { exact: true }).check()
  for (const point of Object.values(secrecyPoints)) await secrecy.getByLabel(point, { exact: true }).check()
  await secrecy.getByRole('button', { name: '提交意见' }).click()
  await expect(secrecy.getByText('保密审查通过。')).toBeVisible()
  await expect(said(secrecy)).toContainText(/将于 .* 公开/)
  expect((await request.get(`/a/${id}`)).status(), 'before its time').toBe(404)
  await expect.poll(async () => (await request.get(`/a/${id}`)).status(), { timeout: 170_000, intervals: [2000] }).toBe(200)
  expect(await (await request.get(`/a/${id}`)).text()).toContain('报告厅')
})

test('a block is let stand only by the secrecy reviewer, with a written reason', async ({ page, another }) => {
  const title = `校友捐赠公示${Date.now().toString(36)}`
  await signIn(page)
  const id = await begin(page, '通知公告', title)
  await body(page).click()
  await page.keyboard.type('样例证件号 11010519491231002X 取自国家标准文本，用于填表说明，不属于任何人。')
  await saved(page)
  await submit(page)
  await expect(page.getByText('已提交审核。')).toBeVisible()
  await decide(page, 'reviewer1', id, 'approve', { check: { examined: Object.keys(reviewPoints) } })

  const secrecy = await signIn(await another(), 'secrecy1', `/workbench/articles/${id}`)
  await secrecy.getByLabel('可公开', { exact: true }).check()
  await expect(secrecy.getByText(/还有 1 处必须处理/)).toBeVisible()
  for (const point of Object.values(secrecyPoints)) await secrecy.getByLabel(point, { exact: true }).check()
  await secrecy.getByRole('button', { name: '提交意见' }).click()
  await expect(secrecy.getByRole('alert').first()).toBeVisible()
  await secrecy.getByRole('button', { name: /确认可以公开/ }).click()
  await secrecy.getByLabel('可以公开的理由').fill('国家标准中的样例号码，不对应任何人')
  await secrecy.getByRole('button', { name: '确认', exact: true }).click()
  await expect(secrecy.getByText('保密审查员确认可以公开')).toBeVisible()
  await secrecy.getByRole('button', { name: '提交意见' }).click()
  await expect(secrecy.getByText('保密审查通过，已对社会公开。')).toBeVisible()
})

test('a stand-in reviews in a colleague\'s place, and the record names both', async ({ page, another }) => {
  const title = `秋游安排${Date.now().toString(36)}`
  await signIn(page)
  const id = await begin(page, '通知公告', title)
  await body(page).click()
  await page.keyboard.type('秋游定于下周三，请各班提前准备，注意安全。')
  await saved(page)
  await submit(page)
  await expect(page.getByText('已提交审核。')).toBeVisible()

  const admin = await personOf(page, 'admin1')
  const absent = await personOf(page, 'reviewer1')
  const principal = await personOf(page, 'principal1')
  const today = shanghaiIn(0).slice(0, 10)
  const made = await page.request.post('/api/collections/stand_ins/records', {
    headers: { Authorization: admin.token },
    data: { school: absent.record.school, absent: absent.record.id, stand_in: principal.record.id, duty: 'reviewer', from: today, until: today, reason: '出差' },
  })
  expect(made.ok(), await made.text()).toBe(true)

  const other = await signIn(await another(), 'principal1', `/workbench/articles/${id}`)
  await expect(other.getByRole('region', { name: '初审' })).toContainText(`代理${absent.record.name}`)
  await other.getByLabel('审核通过').check()
  for (const point of Object.values(reviewPoints)) await other.getByLabel(point).check()
  await other.getByRole('button', { name: '提交意见' }).click()
  await expect(other.getByText('已通过。')).toBeVisible()
  await other.getByText('办理记录和历史版本').click()
  await expect(other.getByText(`${principal.record.name}（审核员，代理${absent.record.name}）：审核通过`)).toBeVisible()
  const download = other.waitForEvent('download')
  await other.getByRole('button', { name: /下载审核登记表/ }).click()
  const register = await download
  expect(register.suggestedFilename()).toMatch(/审核登记表.*第1版\.docx$/)
  expect(readFileSync(await register.path()).subarray(0, 2).toString()).toBe('PK')
})

for (const viewport of sizes) {
  test(`the pages of a review have no accessibility faults at ${viewport.width} px`, async ({ page, another }) => {
    await signIn(page)
    const id = await begin(page, '通知公告', '无障碍检查审核页')
    await body(page).click()
    await page.keyboard.type('样例证件号 11010519491231002X，联系张晓明。')
    await saved(page)
    await submit(page)
    await expect(page.getByText('已提交审核。')).toBeVisible()
    const reviewer = await signIn(await another(), 'reviewer1', '/workbench/inbox')
    await reviewer.setViewportSize(viewport)
    await expect(inboxItem(reviewer, '无障碍检查审核页').first()).toBeVisible()
    await isAccessible(reviewer)
    await reviewer.goto(`/workbench/articles/${id}`)
    await reviewer.getByLabel('审核通过').check()
    await reviewer.getByRole('button', { name: '提交意见' }).click()
    await isAccessible(reviewer)
    await reviewer.getByText('办理记录和历史版本').click()
    await isAccessible(reviewer)
    await decide(reviewer, 'reviewer1', id, 'approve', { check: { examined: Object.keys(reviewPoints) } })
    const secrecy = await signIn(await another(), 'secrecy1', `/workbench/articles/${id}`)
    await secrecy.setViewportSize(viewport)
    await secrecy.getByLabel('不予公开', { exact: true }).first().check()
    await secrecy.getByRole('button', { name: '提交意见' }).click()
    await isAccessible(secrecy)
    await secrecy.getByRole('button', { name: /确认可以公开/ }).first().click()
    await isAccessible(secrecy)
  })
}

/** shanghaiIn is a time from now as a datetime-local field wants it, a full minute at least. */
function shanghaiIn(milliseconds: number): string {
  return new Date(Date.now() + milliseconds + 8 * 3_600_000).toISOString().slice(0, 16)
}
