import { spawnSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { day, enter } from './requests'
import { isAccessible, patient, signIn, sizes } from './workbench'

const thisYear = Number(day().slice(0, 4))

const cell = (page: Page, name: RegExp) => page.getByRole('link', { name })

test('the school sees its tables, the cases behind a figure, and takes them out', async ({ page }) => {
  const subject = `食堂供餐单位 ${Date.now()}`
  await enter(page, subject)
  await signIn(page, 'clerk1', '/workbench/')
  await page.getByRole('link', { name: '申请统计' }).click()
  await patient(page.getByRole('heading', { name: '依申请公开统计' })).toBeVisible()
  await patient(page.getByText('勾稽关系：')).toContainText('相符。')
  for (const size of sizes) {
    await page.setViewportSize(size)
    await isAccessible(page)
  }
  await page.setViewportSize(sizes[0]!)
  const figures = page.getByRole('region', { name: /^表3/ })
  const label = figures.getByRole('rowheader', { name: '一、本年新收政府信息公开申请数量' })
  await expect(async () => { // the table is drawn anew for a narrow screen
    expect(await figures.evaluate((box) => ((box.scrollLeft = 300), box.scrollLeft)), 'the figures scroll').toBeGreaterThan(200)
    expect((await label.boundingBox({ timeout: 1000 }))?.x, 'the labels stay while the figures scroll').toBeGreaterThanOrEqual(0)
  }).toPass({ timeout: 15_000 })
  await page.setViewportSize(sizes[1]!)

  await cell(page, /^一、本年新收政府信息公开申请数量，总计：\d+ 件，查看$/).click()
  const panel = page.getByRole('region', { name: '一、本年新收政府信息公开申请数量：总计' })
  await expect(panel).toContainText(subject)
  await expect(panel.getByRole('heading')).toBeFocused()
  await isAccessible(page)
  await page.reload() // it is an address
  await patient(panel).toContainText(subject)
  await page.getByRole('button', { name: '关闭' }).click()
  await expect(panel).toHaveCount(0)

  for (const [button, name] of [['导出 Excel', 'xlsx'], ['导出 Word', 'docx']] as const) {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: button }).click()
    const file = await download
    expect(file.suggestedFilename()).toMatch(new RegExp(`^依申请公开统计表_.+_${thisYear}年\\.${name}$`))
    expect(spawnSync('unzip', ['-tq', await file.path()]).status).toBe(0)
  }

  await page.getByLabel('年度', { exact: true }).selectOption('自选期间')
  await page.getByLabel('开始日期').fill('2020-02-01')
  await page.getByLabel('结束日期').fill('2020-01-01')
  await page.getByRole('button', { name: '查看', exact: true }).click()
  await expect(page.getByText('结束日期不能早于开始日期')).toBeVisible()
  await page.getByLabel('结束日期').fill('2020-02-29')
  await page.getByRole('button', { name: '查看', exact: true }).click()
  await expect(page.getByText('期间内没有收到申请')).toBeVisible()

  await page.route('**/api/app/requests/statistics?*', (route) => route.fulfill({ status: 500, json: { status: 500, message: '', data: {} } }))
  await page.reload()
  await patient(page.getByRole('alert')).toContainText('服务器暂时出错')
  await page.unroute('**/api/app/requests/statistics?*')
  await page.getByRole('button', { name: '重试' }).click()
  await expect(page.getByText('期间内没有收到申请')).toBeVisible()
})

test('the officer freezes a year once, and the bureau sees who has', async ({ page, another }) => {
  const year = thisYear - 1
  const address = `/workbench/requests/statistics?from=${year}-01-01&to=${year}-12-31`
  await signIn(page, 'officer1', address)
  await patient(page.getByRole('button', { name: `冻结 ${year} 年统计表` })).toBeVisible()
  await page.getByRole('button', { name: `冻结 ${year} 年统计表` }).click()
  await expect(page.getByRole('dialog')).toContainText('只能冻结一次')
  await isAccessible(page)
  await page.getByRole('button', { name: '确认冻结' }).click()
  await expect(page.getByText(`${year} 年的统计表已由`)).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.reload()
  await patient(page.getByText(`${year} 年的统计表已由`)).toBeVisible()

  const bureau = await signIn(await another(), 'supervisor', address)
  await patient(bureau.getByText(/已冻结 \d+ 所，未冻结/)).toBeVisible()
  for (const size of sizes) {
    await bureau.setViewportSize(size)
    await isAccessible(bureau)
  }
  await bureau.getByLabel('学校').selectOption({ index: 1 })
  await bureau.getByRole('button', { name: '查看', exact: true }).click()
  await expect(bureau).toHaveURL(/school=\d+/)
  await expect(bureau.getByText('各校情况')).toHaveCount(0)
})
