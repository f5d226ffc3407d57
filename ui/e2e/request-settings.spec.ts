import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { isAccessible, patient, signIn } from './workbench'

// What the bureau sets for 依申请公开: periods, remedies, templates, holidays, words.

const narrow = { width: 360, height: 740 }

async function open(page: Page, tab: string, who = 'supervisor') {
  await signIn(page, who, `/workbench/settings/requests?tab=${tab}`)
  await patient(page.getByRole('heading', { level: 1, name: '申请设置' })).toBeVisible()
}

const notice = (year: number, ...days: string[]) => ({
  name: `${year}.json`, mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify({ year, papers: [], days: days.map((date) => ({ name: '元旦', date, isOffDay: true })) })),
})

test('periods are refused at their fields and added from a later day', async ({ page }) => {
  await open(page, 'terms')
  await page.getByRole('link', { name: '申请设置' }).press('Enter') // the entry of the navigation
  await patient(page.getByRole('row', { name: /2019-05-15 现行 20/ })).toBeVisible()
  await isAccessible(page)
  await page.getByRole('button', { name: '新增一组期限' }).press('Enter')
  await expect(page.getByLabel('答复期限', { exact: true })).toHaveValue('20')
  await page.getByLabel('答复期限', { exact: true }).fill('二十')
  await page.getByLabel('从哪一天起使用').fill('2000-01-01')
  await page.getByRole('button', { name: '保存期限' }).click()
  await patient(page.getByRole('alert')).toContainText('答复期限：期限填写 1 至 250 个工作日')
  await expect(page.getByRole('alert')).toContainText('最早从明天起适用')
  await isAccessible(page)
  await page.getByRole('alert').getByRole('link', { name: /^答复期限：/ }).click()
  await expect(page.getByLabel('答复期限', { exact: true })).toBeFocused()
  await page.getByLabel('答复期限', { exact: true }).fill('30')
  await page.getByLabel('从哪一天起使用').fill('2099-01-01')
  await page.getByRole('button', { name: '保存期限' }).click()
  await patient(page.getByRole('alert')).toContainText('答复期限 30 个工作日（条例规定 20 个）')
  await expect(page.getByLabel('已经确认，仍按这些期限使用')).not.toBeChecked()
  await isAccessible(page)
  await page.getByLabel('答复期限', { exact: true }).fill('15')
  const day = `2098-01-${10 + (Date.now() % 18)}`
  await page.getByLabel('从哪一天起使用').fill(day)
  await page.getByRole('button', { name: '保存期限' }).click()
  await patient(page.getByText(`已保存，${day} 起提交的申请按新的期限办理。`)).toBeVisible()
  await expect(page.getByRole('row', { name: new RegExp(`${day} 尚未适用 15`) })).toBeVisible()
  await page.setViewportSize(narrow)
  await isAccessible(page)
  await page.getByRole('button', { name: '新增一组期限' }).click()
  await isAccessible(page)
})

test('a doubtful remedy is taken only when its caution was read', async ({ page }) => {
  await open(page, 'remedies')
  await isAccessible(page)
  await page.getByRole('button', { name: '新增文字' }).click()
  await expect(page.getByLabel('文字', { exact: true })).toHaveValue(/\{\{主管部门\}\}申诉/)
  await page.getByLabel('文字', { exact: true }).fill('{{申请人}}可以向{{主管部门}}申诉。')
  await page.getByRole('button', { name: '保存文字' }).click()
  await patient(page.getByRole('alert')).toContainText('不能用 {{申请人}}')
  await page.getByLabel('文字', { exact: true }).fill('可以向{{主管部门}}申诉，或者申请行政复议。')
  await page.getByLabel('从哪一天起使用').fill(`2098-02-${10 + (Date.now() % 18)}`)
  await page.getByRole('button', { name: '保存文字' }).click()
  await patient(page.getByRole('alert')).toContainText('学校不是行政机关')
  await isAccessible(page)
  await page.getByLabel('已经确认，仍按这段文字使用').check()
  await page.getByRole('button', { name: '保存文字' }).click()
  await patient(page.getByText(/^已保存，2098-02/)).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: '或者申请行政复议' }).first()).toContainText('尚未适用')
  await page.setViewportSize(narrow)
  await isAccessible(page)
})

test('a template goes home, comes back, is refused with the name of its fault, and is given up again', async ({ page }) => {
  await open(page, 'templates')
  await page.getByLabel('文书', { exact: true }).selectOption('receipt')
  await isAccessible(page)
  const [mine] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载现在使用的模板' }).click()])
  expect(mine.suggestedFilename()).toBe('模板_收件回执.docx')
  const template = await mine.path()
  await page.getByLabel('模板文件').setInputFiles({ name: '坏.docx', mimeType: 'application/octet-stream', buffer: Buffer.from('x') })
  await page.getByRole('button', { name: '使用这个模板' }).click()
  await patient(page.getByRole('alert')).toContainText('文件：不是 .docx 文档')
  await expect(page.getByLabel('模板文件')).toHaveAttribute('aria-invalid', 'true')
  await isAccessible(page)
  await page.getByLabel('文书', { exact: true }).selectOption('extension')
  await page.getByLabel('模板文件').setInputFiles({ name: '收件回执.docx', mimeType: 'application/octet-stream', buffer: await bytesOf(template) })
  await page.getByRole('button', { name: '使用这个模板' }).click()
  await patient(page.getByRole('alert')).toContainText('《延期答复告知书》的模板中不能使用占位符：{{')
  await page.getByLabel('文书', { exact: true }).selectOption('receipt')
  await expect(page.getByRole('alert')).toHaveCount(0)
  await page.getByLabel('模板文件').setInputFiles({ name: '本区回执.docx', mimeType: 'application/octet-stream', buffer: await bytesOf(template) })
  const [sample] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '先看填好的样例' }).click()])
  expect(sample.suggestedFilename()).toBe('预览_收件回执.docx')
  await page.getByRole('button', { name: '使用这个模板' }).click()
  await patient(page.getByText('已保存，以后的《收件回执》使用这个模板。')).toBeVisible()
  await expect(page.getByText(/^现在使用：.*“本区回执.docx”/)).toBeVisible()
  await page.getByRole('button', { name: '恢复默认模板' }).click()
  await patient(page.getByText('现在使用：平台默认模板')).toBeVisible()
  await page.setViewportSize(narrow)
  await isAccessible(page)
})

async function bytesOf(path: string): Promise<Buffer> {
  const { readFile } = await import('node:fs/promises')
  return readFile(path)
}

test('a year is tried, shows which cases move, and is imported', async ({ page }) => {
  await open(page, 'calendar', 'bureau-admin')
  await expect(page.getByRole('navigation', { name: '设置的种类' }).getByRole('link')).toHaveText(['节假日安排'])
  await patient(page.getByRole('row', { name: /2026 年.*平台自带/ })).toBeVisible()
  await isAccessible(page)
  await page.getByLabel('节假日文件').setInputFiles(notice(2031, '2030-05-01'))
  await page.getByRole('button', { name: '先看会改变什么' }).click()
  await patient(page.getByRole('alert')).toContainText('2031 年节假日文件无法使用：第 1 项（2030-05-01）不属于这一年')
  await isAccessible(page)

  const moved = { id: 'c'.repeat(15), number: 'SQ2030-00012', school: '晨光小学', was: '2031-01-07', due: '2031-01-08', provisional: false }
  await page.route('**/api/app/calendar?dry=1', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ json: { ...((await answer.json()) as object), open: 3, settled: 1, moved: [moved] } })
  })
  await page.getByLabel('节假日文件').setInputFiles(notice(2031, '2031-01-01', '2031-01-02'))
  await page.getByRole('button', { name: '先看会改变什么' }).press('Enter')
  await patient(page.getByRole('heading', { name: /2031 年的安排：还没有导入/ })).toBeFocused()
  await expect(page.getByRole('row', { name: 'SQ2030-00012 晨光小学 2031-01-07 2031-01-08' })).toBeVisible()
  await expect(page.getByText('另有 1 件日期不变，不再是暂定')).toBeVisible()
  await page.setViewportSize(narrow)
  await isAccessible(page)
  await page.getByRole('button', { name: '导入并重新计算 1 件申请' }).click()
  await patient(page.getByText(/^已导入 2031 年节假日安排/)).toBeVisible()
  await expect(page.getByRole('row', { name: /2031 年.*于.*导入/ })).toBeVisible()
  await expect(page.getByRole('button', { name: '先看会改变什么' })).toBeDisabled()
})

test('words and the way of applying are set, and what is wrong is said beside the school', async ({ page }) => {
  await open(page, 'district')
  await isAccessible(page)
  await page.getByLabel('区的代字').fill('abc')
  await page.getByLabel('归档多少天后清除').fill('3')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await patient(page.getByRole('alert')).toContainText('1 至 4 个汉字')
  await expect(page.getByRole('alert')).toContainText('30 至 3650 天')
  await page.getByLabel('区的代字').fill('示教')
  await page.getByLabel('归档多少天后清除').fill('')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await patient(page.getByText('已保存。')).toBeVisible()

  const rows = page.getByRole('table').getByRole('row')
  const taken = (await rows.nth(2).getByRole('cell').first().textContent()) ?? ''
  await rows.nth(1).getByRole('button', { name: /^更改/ }).click()
  const word = page.getByLabel(/的代字$/).last()
  await expect(word).toBeFocused()
  const before = await word.inputValue()
  await word.fill(taken.trim())
  await page.keyboard.press('Enter')
  await patient(page.getByText(`另一所学校已使用代字“${taken.trim()}”`)).toBeVisible()
  await isAccessible(page)
  await word.fill('测试')
  await page.getByRole('button', { name: '保存代字' }).click()
  await patient(page.getByText(/的代字已改为“测试”/)).toBeVisible()
  await rows.nth(1).getByRole('button', { name: /^更改/ }).click()
  await word.fill(before)
  await page.getByRole('button', { name: '保存代字' }).click()
  await patient(page.getByText(`的代字已改为“${before}”`)).toBeVisible()
  await page.setViewportSize(narrow)
  await isAccessible(page)
})

test('errors offer to try again, and schools are told whose it is', async ({ page }) => {
  await page.route('**/api/app/requests/settings', (route) => route.fulfill({ status: 503, json: { status: 503, message: '', data: {} } }))
  await open(page, 'terms')
  await patient(page.getByRole('alert')).toContainText('服务器暂时出错')
  await isAccessible(page)
  await page.unroute('**/api/app/requests/settings')
  await page.getByRole('button', { name: '重试' }).click()
  await patient(page.getByRole('heading', { level: 2, name: '办理期限' })).toBeVisible()
  await open(page, 'terms', 'editor1')
  await expect(page.getByText('由区教育局设置，您不需要设置')).toBeVisible()
  await expect(page.getByRole('link', { name: '申请设置' })).toHaveCount(0)
  await isAccessible(page)
})
