import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { chainFields } from '../src/workbench/audit/auditCsv'
import { expect, test } from './fixtures'
import { day } from './requests'
import { isAccessible, patient, personOf, signIn, sizes } from './workbench'

// The auditor finds what somebody did, sees what it was, and takes rows along
// that can be verified elsewhere.

/** handedIn writes an article, hands it in and lets a reviewer claim it. */
async function handedIn(page: Page): Promise<{ article: string; editor: string; reviewer: string }> {
  const people = { editor: await personOf(page, 'editor1'), reviewer: await personOf(page, 'reviewer1') }
  const send = async (who: keyof typeof people, method: string, path: string, data?: object) => {
    const answer = await page.request.fetch(path, { method, headers: { Authorization: people[who].token }, ...(data ? { data } : {}) })
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
    return (await answer.json()) as { id: string; items: { id: string }[] }
  }
  const { id } = await send('editor', 'POST', '/api/collections/articles/records', { column: 'A0308', title: '食堂供餐调整' })
  const version = (await send('editor', 'GET', `/api/collections/article_versions/records?filter=(article='${id}')`)).items[0]!.id
  const text = { title: '食堂供餐调整', body: '<p>学校食堂本周起调整供餐时间，请各位家长知悉。</p>', created_on: '2026-01-05' }
  await send('editor', 'PATCH', `/api/collections/article_versions/records/${version}`, text)
  await send('editor', 'POST', '/api/collections/article_steps/records', { article: id, version, action: 'submit' })
  await send('reviewer', 'POST', `/api/app/articles/${id}/claim`, { claim: true })
  return { article: id, editor: people.editor.record.name, reviewer: people.reviewer.record.name }
}

const rows = (page: Page) => page.locator('table.cards > tbody')
const results = (page: Page) => page.getByRole('heading', { level: 2, name: /的?记录（\d+ 条）$/ })

for (const viewport of sizes) {
  test(`the auditor finds who did what, and opens it with the keyboard, at ${viewport.width} px`, async ({ page }) => {
    await page.setViewportSize(viewport)
    const today = day() // before the first deed, whenever midnight is
    const { article, editor, reviewer } = await handedIn(page)
    await signIn(page, 'auditor')
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '审计' }).click()
    await patient(page.getByRole('heading', { level: 1, name: '审计' })).toBeFocused()
    await patient(results(page)).toHaveText(/^全部记录/)
    await expect(rows(page)).toHaveCount(50)
    await isAccessible(page)

    await page.getByLabel('人员姓名').fill(reviewer)
    await page.getByLabel('操作', { exact: true }).selectOption({ label: '领取或放回' })
    await page.getByLabel('对象', { exact: true }).selectOption({ label: '信息' })
    await page.getByLabel('人员姓名').press('Enter')
    await patient(results(page)).toHaveText(/^符合条件的记录/)
    await expect(page).toHaveURL(/person=/)
    await expect(rows(page).first()).toContainText(`${reviewer}工作台`)
    await expect(rows(page).first()).toContainText('领取')
    await expect(rows(page).first()).toContainText(article)

    const open = rows(page).first().getByRole('button', { name: /^详情/ })
    await open.focus()
    await page.keyboard.press('Enter')
    const close = rows(page).first().getByRole('button', { name: /^收起/ })
    await expect(close).toBeFocused()
    await expect(close).toHaveAttribute('aria-expanded', 'true')
    await expect(rows(page).first().getByRole('row', { name: '领取 是' })).toBeVisible()
    await expect(rows(page).first()).toContainText(/前一条的校验值[0-9a-f]{64}/)
    await isAccessible(page)
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: '这个对象的全部记录' })).toBeFocused()
    await page.keyboard.press('Enter')
    await patient(page).toHaveURL(new RegExp(`record=${article}$`))
    await expect(results(page)).toBeFocused()
    await expect(rows(page)).toHaveCount(3) // made, handed in, claimed
    await expect(rows(page).nth(1)).toContainText('新增：提交审核')

    await page.getByRole('button', { name: '清除条件' }).click()
    await patient(page).toHaveURL(/audit$/)
    await page.getByLabel('人员姓名').fill(editor)
    await page.getByLabel('对象', { exact: true }).selectOption({ label: '信息版本' })
    await page.getByRole('button', { name: '查找' }).click()
    await patient(results(page)).toHaveText(/^符合条件的记录/)
    const save = rows(page).first()
    await expect(save).toContainText(`${editor}工作台`)
    await save.getByRole('button', { name: /^详情/ }).click()
    await expect(save.getByRole('row', { name: /^正文/ })).toContainText(/（空）.*共 \d+ 字，校验值 [0-9a-f]{16}…/)
    await expect(page.getByText('请各位家长知悉')).toHaveCount(0)
    await isAccessible(page)

    await page.getByLabel('开始日期').fill('2099-01-02')
    await page.getByLabel('结束日期').fill(today)
    await page.getByRole('button', { name: '查找' }).click()
    await expect(page.getByLabel('开始日期')).toBeFocused()
    await expect(page.getByLabel('开始日期')).toHaveAccessibleDescription('开始日期不能晚于结束日期')
    await page.getByLabel('开始日期').fill(today)
    await page.getByRole('button', { name: '查找' }).click()
    await patient(page).toHaveURL(new RegExp(`&from=${today}&until=${today}$`))
    await expect(rows(page).first()).toContainText(`${today} `)
    await page.getByLabel('人员姓名').fill('没有这个人')
    await page.getByRole('button', { name: '查找' }).click()
    await patient(page.getByText('没有符合条件的记录。')).toBeVisible()
    await isAccessible(page)
    await page.getByRole('region', { name: /^符合条件/ }).getByRole('button', { name: '清除条件' }).click()
    await patient(results(page)).toHaveText(/^全部记录/)
    await page.getByRole('button', { name: '下一页' }).click()
    await patient(page).toHaveURL(/page=2$/)
    await expect(results(page)).toBeFocused()
  })
}

test('the head is copied, and exported rows verify by their hashes', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { article } = await handedIn(page)
  await signIn(page, 'auditor', '/workbench/audit')
  await patient(results(page)).toBeVisible()
  await page.getByRole('button', { name: '复制这一行' }).click()
  await expect(page.getByText('已复制')).toBeVisible()
  const head = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2} (\d+) ([0-9a-f]{64})$/.exec(await page.evaluate(() => navigator.clipboard.readText()))
  expect(head).not.toBeNull()

  const all = await exported(page)
  const last = all[Number(head![1]) - 1] // the platform's own deeds may have followed
  expect(last?.hash).toBe(head![2])
  all.forEach((row, index) => expect(row.previous, `row ${row.number}`).toBe(all[index - 1]?.hash ?? '0'.repeat(64)))

  await page.getByLabel('对象编号').fill(article)
  await page.getByRole('button', { name: '查找' }).click()
  await patient(rows(page)).toHaveCount(3)
  expect((await exported(page)).map((row) => row.action)).toEqual(['create', 'create', 'claim'])
})

/** exported presses the button, reads the file and verifies every row as an inspector would. */
async function exported(page: Page) {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出 CSV' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^审计记录-\d{4}-\d{2}-\d{2}\.csv$/)
  const [, ...lines] = readFileSync(await file.path(), 'utf8').trimEnd().split('\r\n')
  const list = lines.map((line) => {
    const cells = [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell]) => cell!.replace(/""/g, '"').replace(/^'/, ''))
    return Object.fromEntries(chainFields.map((field, index) => [field, cells[index]!])) as Record<(typeof chainFields)[number], string>
  })
  for (const row of list) {
    const hashed = chainFields.slice(0, -1).map((field) => `${Buffer.byteLength(row[field])}:${row[field]}`).join('')
    expect(createHash('sha256').update(`gongkai audit 1\n${hashed}`).digest('hex'), `row ${row.number}`).toBe(row.hash)
  }
  await expect(page.getByText(`已导出 ${list.length} 条。`)).toBeVisible()
  return list
}

test('the audit says what went wrong and tries again', async ({ page }) => {
  await page.route('**/api/collections/audit_log/records*', (route) => route.fulfill({ status: 503, json: { status: 503, message: '', data: {} } }))
  await signIn(page, 'auditor', '/workbench/audit')
  await patient(page.getByRole('alert')).toContainText('服务器暂时出错')
  await isAccessible(page)
  await page.unroute('**/api/collections/audit_log/records*')
  await page.getByRole('button', { name: '重试' }).click()
  await patient(results(page)).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

for (const who of ['supervisor', 'bureau-admin', 'reviewer1']) {
  test(`${who} is not led to the audit and sees nothing of it`, async ({ page }) => {
    const asked: string[] = []
    page.on('request', (request) => request.url().includes('audit_log') && asked.push(request.url()))
    await signIn(page, who, '/workbench/audit')
    await patient(page.getByText('审计记录只有区教育局的审计员可以查看。')).toBeVisible()
    await expect(page.getByRole('link', { name: '审计' })).toHaveCount(0)
    await expect(page.getByRole('table')).toHaveCount(0)
    await isAccessible(page)
    expect(asked).toEqual([])
    const { token } = await personOf(page, who)
    const answer = await page.request.get('/api/collections/audit_log/records', { headers: { Authorization: token } })
    expect(((await answer.json()) as { totalItems: number }).totalItems).toBe(0)
  })
}
