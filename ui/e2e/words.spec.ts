import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'

// The bureau's word list and review rules: edited, refused, saved, followed.

const password = 'Demo-2026-gongkai'
const patient = expect.configure({ timeout: 15_000 }) // the first page of a cold machine

async function open(page: Page, who: string, path: string) {
  await page.goto(`/workbench/${path}`)
  await page.getByLabel('邮箱').fill(`${who}@demo.example`)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await patient(page.getByRole('heading', { level: 1, name: path === 'words' ? '错敏词' : '审核规则' })).toBeVisible()
}

async function isAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('\n')}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), 'no sideways scrolling').toBeLessThanOrEqual(0)
}

test('a word list is pasted, mended, saved, rescanned live, searched and changed with the keyboard', async ({ page }) => {
  await open(page, 'supervisor', 'words')
  await patient(page.getByRole('heading', { level: 2, name: /还没有词表|现行词表/ })).toBeVisible()
  const stamp = `词${Date.now() % 100000}`
  await page.getByRole('button', { name: '批量粘贴' }).click()
  await expect(page.getByLabel('批量粘贴', { exact: true }).first()).toBeVisible()
  const box = page.locator('#words-pasted')
  await expect(box).toBeFocused()
  await box.fill(`${stamp},严重,同志\n学校,重大\n学校,一般`)
  await page.getByRole('button', { name: '加入词表' }).click()
  await expect(page.getByText('第 2 行：级别“重大”不对')).toBeVisible()
  await expect(box).toBeFocused()
  await expect(box).toHaveAttribute('aria-invalid', 'true')
  await isAccessible(page)
  await box.fill(`${stamp},严重,同志\n学校,一般`)
  await page.getByRole('button', { name: '加入词表' }).click()
  await expect(page.getByText('还没有保存：新增 2 个')).toBeVisible()

  await page.getByRole('button', { name: '添加词语' }).press('Enter')
  await expect(page.getByLabel('词语', { exact: true })).toBeFocused()
  await page.keyboard.type('学校')
  await page.keyboard.press('Enter')
  await expect(page.getByText('“学校”已经在词表里')).toBeVisible()
  await page.getByLabel('词语', { exact: true }).fill(`${stamp}乙`)
  await page.keyboard.press('Enter')
  await expect(page.getByText('还没有保存：新增 3 个')).toBeVisible()

  await page.getByLabel('这一版改了什么').fill('按通知更新')
  await page.getByRole('button', { name: /^保存为第 \d+ 版并复查$/ }).click()
  await patient(page.getByText(/已保存为第 \d+ 版/)).toBeVisible()
  const panel = page.getByRole('region', { name: '复查已公开的信息' })
  await patient(panel.getByRole('status')).toContainText('复查完成')
  const total = Number(/已查 (\d+) \//.exec((await panel.textContent()) ?? '')?.[1])
  expect(total).toBeGreaterThan(0)
  await expect(panel.getByRole('progressbar')).toHaveAttribute('value', '100')
  expect(Number(await panel.locator('strong').textContent()), 'every notice speaks of the school').toBeGreaterThan(0)
  await expect(page.getByRole('region', { name: '历次版本' })).toContainText('按通知更新')
  await isAccessible(page)

  await page.getByLabel('查找').fill(`${stamp}乙`)
  await expect(page.getByRole('row')).toHaveCount(2)
  await page.getByRole('button', { name: `删除：${stamp}乙` }).click()
  await expect(page.getByText('还没有保存：删除 1 个')).toBeVisible()
  page.once('dialog', (dialog) => void dialog.dismiss())
  await page.getByRole('link', { name: '人员' }).click()
  await expect(page).toHaveURL(/\/words$/)
  await page.getByRole('button', { name: '放弃修改' }).click()
  await expect(page.getByText('还没有保存')).toHaveCount(0)
  await page.setViewportSize({ width: 360, height: 740 })
  await isAccessible(page)
})

test('somebody else saved meanwhile: nothing is written over, and the words are kept', async ({ page }) => {
  await open(page, 'supervisor', 'words')
  await page.getByRole('button', { name: '添加词语' }).click()
  await page.getByLabel('词语', { exact: true }).fill(`并发${Date.now() % 100000}`)
  await page.keyboard.press('Enter')
  await page.evaluate(async () => {
    const token = (JSON.parse(sessionStorage.getItem('gongkai-staff') ?? '{}') as { token: string }).token
    await fetch('/api/collections/word_lists/records', { method: 'POST', headers: { Authorization: token, 'Content-Type': 'application/json' }, body: '{"words":[{"word":"别人的","level":"一般"}]}' })
  })
  await page.getByRole('button', { name: /^保存为/ }).click()
  await patient(page.getByRole('alert')).toContainText('别人刚刚保存了')
  await expect(page.getByText('还没有保存：')).toBeVisible()
  await page.getByRole('button', { name: '载入最新的词表' }).click()
  await patient(page.getByRole('rowheader', { name: '别人的' })).toBeVisible()
})

test('a running rescan can be stopped, and errors offer to try again', async ({ page }) => {
  const run = { id: 'r'.repeat(15), word_list: 'w'.repeat(15), state: 'running', total: 1000, done: 400, found: 3, finished_at: '', created: '2099-01-01 00:00:00.000Z', updated: '' }
  await page.route('**/api/collections/rescans/records*', (route) => route.fulfill({ json: { page: 1, perPage: 1, totalItems: 1, totalPages: 1, items: [run] } }))
  await page.route('**/cancel', (route) => route.fulfill({ json: { ...run, state: 'cancelled', finished_at: '2026-11-24 02:00:00.000Z' } }))
  await page.route('**/api/collections/word_lists/records*', (route) => route.fulfill({ status: 503, json: { status: 503, message: '', data: {} } }))
  await open(page, 'supervisor', 'words')
  await patient(page.getByRole('alert')).toContainText('服务器暂时出错')
  await expect(page.getByText('已查 400 / 1000 条（40%）')).toBeVisible()
  page.once('dialog', (dialog) => void dialog.accept())
  await page.getByRole('button', { name: '停止复查' }).click()
  await patient(page.getByText('复查已停止')).toBeVisible()
  await page.unroute('**/api/collections/word_lists/records*')
  await page.getByRole('button', { name: '重试' }).click()
  await patient(page.getByRole('heading', { level: 2, name: /词表/ }).first()).toBeVisible()
})

test('a review rule is refused at its field, then added from a later day', async ({ page }) => {
  await open(page, 'supervisor', 'rules')
  await patient(page.getByRole('row', { name: /全部栏目.*三人制.*生效中/ })).toBeVisible()
  await isAccessible(page)
  await page.getByRole('button', { name: '新增规则' }).click()
  await expect(page.getByLabel('栏目', { exact: true })).toBeFocused()
  await page.getByRole('button', { name: '保存规则' }).click()
  await expect(page.getByRole('alert')).toBeFocused()
  await expect(page.getByRole('alert')).toContainText('请选择审核方式')
  await isAccessible(page)
  await page.getByLabel('审核方式').selectOption('two_person')
  await page.getByLabel('栏目', { exact: true }).selectOption('A0801')
  await page.getByLabel('从哪一天起生效').fill('2099-09-01')
  await page.getByRole('button', { name: '保存规则' }).click()
  await patient(page.getByRole('alert')).toContainText('两人制只能用于')
  await expect(page.getByLabel('审核方式')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('栏目', { exact: true }).selectOption('A0308')
  await page.getByRole('button', { name: '保存规则' }).click()
  await patient(page.getByText('已添加，从 2099-09-01 起生效。')).toBeVisible()
  await expect(page.getByRole('row', { name: /A0308.*两人制.*2099-09-01.*未生效/ })).toBeVisible()
  await expect(page.getByRole('region', { name: '写明理由放行的统计' })).toBeVisible()
  await page.setViewportSize({ width: 360, height: 740 })
  await isAccessible(page)
  await page.getByRole('button', { name: '新增规则' }).click()
  await isAccessible(page)
})

test('others at the bureau only read, and schools are told whose it is', async ({ page }) => {
  await open(page, 'bureau-reviewer', 'words')
  await patient(page.getByRole('heading', { level: 2, name: /词表/ }).first()).toBeVisible()
  await expect(page.getByRole('button', { name: '添加词语' })).toHaveCount(0)
  await page.evaluate(() => sessionStorage.clear())
  await open(page, 'editor1', 'rules')
  await expect(page.getByText('审核规则由区教育局设置')).toBeVisible()
  await expect(page.getByRole('table')).toHaveCount(0)
})
