import type { SchoolToday } from '../src/shared/api/supervision.gen'
import { expect, test } from './fixtures'
import { isAccessible, patient, personOf, signIn, sizes } from './workbench'

test('the bureau sees the district as charts and tables, and what is behind a figure', async ({ page }) => {
  await signIn(page, 'supervisor', '/workbench/')
  await page.getByRole('link', { name: '考核监督' }).click()
  await patient(page.getByRole('heading', { name: '考核监督总览' })).toBeVisible()
  const parts = page.getByRole('region', { name: '栏目规范达标率和四项要求', exact: true })
  await patient(parts.getByRole('img', { name: /^栏目规范达标率 / }).locator('svg')).toBeVisible()
  await patient(page.getByRole('img', { name: /^栏目规范达标率：/ }).first()).toHaveAttribute('aria-label', /栏目规范达标率：从 \d{4}-\d{2} 的/)
  for (const size of sizes) {
    await page.setViewportSize(size)
    await isAccessible(page)
  }
  await page.getByRole('region', { name: '办理和超期', exact: true }).getByRole('link', { name: /^申请，其中超期：\d+，查看$/ }).click()
  await patient(page.getByRole('heading', { name: '依申请公开' })).toBeVisible()
  await expect(page).toHaveURL(/level=red/)

  await page.goto('/workbench/supervision/heat')
  const map = page.getByRole('img', { name: /所学校、\d+ 类栏目的达标百分比/ })
  await patient(map.locator('svg')).toBeVisible()
  await page.getByRole('button', { name: '打开数据表' }).click()
  await isAccessible(page)
  await map.locator('text', { hasText: /^\d+$/ }).first().click()
  await patient(page.getByText('日终的快照，以后不会再变')).toBeVisible()
  await expect(page).toHaveURL(/\/supervision\/schools\/\d+\?day=\d{4}-\d{2}-\d{2}&group=A01/)
  await expect(page.getByRole('rowheader', { name: '信息公开指南' })).toBeVisible()
  await isAccessible(page)
})

test('an editor looks through a column, and its clock begins again', async ({ page }) => {
  let who = ''
  let name = ''
  for (const editor of ['editor1', 'editor2', 'editor3', 'editor4']) {
    const { token } = await personOf(page, editor)
    const today = (await (await page.request.get('/api/app/supervision/today', { headers: { Authorization: token } })).json()) as SchoolToday
    const task = today.tasks.find(({ check }) => check)
    if (task) [who, name] = [editor, task.name]
  }
  expect(who, 'some school has a column that nobody has touched for long').not.toBe('')
  await signIn(page, who, '/workbench/supervision/today')
  await patient(page.getByRole('heading', { name: '现在要做的' })).toBeVisible()
  const more = page.getByRole('button', { name: /^看全部 \d+ 项$/ })
  const button = page.getByRole('button', { name: new RegExp(`^核对确认\\s*：${name}$`) })
  await patient(more.or(button).first()).toBeVisible()
  if (await more.isVisible()) await more.first().click()
  await page.setViewportSize(sizes[0]!)
  await isAccessible(page)
  await button.click()
  await expect(page.getByRole('dialog')).toContainText('不能撤销')
  await page.getByRole('button', { name: '已核对，没有变化' }).click()
  await patient(page.getByRole('status').filter({ hasText: `“${name}”已核对确认` })).toBeVisible()
  await expect(button).toHaveCount(0)
})
