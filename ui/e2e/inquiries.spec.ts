import { expect, test } from './fixtures'
import { isAccessible, personOf, signIn, sizes } from './workbench'
import { solve } from '../src/public/filing/solve'
import type { Challenge } from '../src/public/filing/solve'
import type { Page } from '@playwright/test'

// The way of a letter, told on the real binary: by whom it is accepted, worked on,
// answered, mended, released and passed on.

const panel = (page: Page, name: string) => page.getByRole('region', { name })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const take = (page: Page, name: string) => panel(page, '现在可以办理').locator('form').getByRole('button', { name, exact: true }).click()

/** write sends a letter to the first school as a visitor does, proof of work included, and gives its id. */
async function write(page: Page, title: string, change: object = {}): Promise<string> {
  const { token, record } = await personOf(page, 'clerk1')
  const headers = { Authorization: token }
  const { code } = (await (await page.request.get(`/api/collections/schools/records/${record.school}`, { headers })).json()) as { code: string }
  const challenge = (await (await page.request.get('/api/app/challenge')).json()) as Challenge
  const letter = {
    channel: 'mailbox', category: 'suggestion', fields: { title, text: '希望下学期的课后服务能有科学实验。' }, capacity: 'parent', name: '王小明', contact: 'wang@example.cn', may_publish: true,
    resend: `letter ${Math.random()} ${Math.random()}`, proof: solve(challenge), ...change,
  }
  const answer = await page.request.post(`/api/app/units/${code}/letters`, { multipart: { letter: JSON.stringify(letter) } })
  expect(answer.ok(), await answer.text()).toBe(true)
  const { number } = (await answer.json()) as { number: string }
  const { items } = (await (await page.request.get('/api/app/inquiries', { headers, params: { q: number } })).json()) as { items: { id: string }[] }
  return items[0]!.id
}

test('accepted, assigned, answered by a colleague, sent back, mended and released', async ({ page, another }) => {
  test.setTimeout(180_000)
  const title = `课后服务增加科学课 ${Date.now() % 100000}`
  const id = await write(page, title)

  const clerk = await signIn(await another(), 'clerk1', '/workbench/inquiries?view=mine')
  const row = clerk.getByRole('row', { name: new RegExp(title) })
  await expect(row).toContainText('等您办理')
  await row.getByRole('link').click()
  await expect(panel(clerk, '来信').first()).toContainText('王**家长')
  await take(clerk, '受理')
  await expect(clerk.locator('.success')).toBeFocused()
  await button(clerk, '转办部门').click()
  await clerk.getByLabel('承办部门').fill('教导处')
  const { record: colleague } = await personOf(page, 'editor1')
  await clerk.getByLabel('承办人').selectOption(colleague.id)
  await take(clerk, '转办部门')
  await expect(clerk.getByText('承办：教导处').first()).toBeVisible()

  await panel(clerk, '内部备注').getByLabel('写备注').fill('去年家长也提过，请一并说明')
  await button(clerk, '添加备注').click()
  await expect(panel(clerk, '内部备注')).toContainText('去年家长也提过')
  await button(clerk, '查看来信人').click()
  await clerk.getByLabel('查看的原因').fill('电话核实孩子的年级')
  await clerk.getByRole('dialog').getByRole('button', { name: '查看', exact: true }).click()
  await expect(clerk.getByRole('dialog')).toContainText('wang@example.cn')

  const editor = await signIn(await another(), 'editor1', `/workbench/inquiries/${id}`)
  await expect(panel(editor, '内部备注')).toContainText('去年家长也提过')
  await expect(button(editor, '查看来信人')).toBeHidden()
  await editor.getByLabel('插入模板').selectOption('答复建议：采纳（示例）')
  await button(editor, '插入').click()
  await expect(editor.getByLabel('答复', { exact: true })).toHaveValue(/^您好！您提出的/)
  await editor.getByLabel('答复', { exact: true }).fill('下学期开设科学实验课。')
  await button(editor, '提交审核').click()
  await expect(editor.getByText('等待校长审核答复').first()).toBeVisible()

  const principal = await signIn(await another(), 'principal1', `/workbench/inquiries/${id}`)
  await expect(panel(principal, '审核答复')).toContainText('下学期开设科学实验课。')
  await button(principal, '退回修改').click()
  await principal.getByLabel('退回的原因').fill('请写明什么时候公布课表')
  await button(principal, '退回修改').click()
  await expect(principal.locator('.success')).toBeVisible()

  await clerk.goto(`/workbench/inquiries/${id}`)
  await expect(panel(clerk, '写答复')).toContainText('请写明什么时候公布课表')
  await clerk.getByLabel('答复', { exact: true }).fill('下学期开设科学实验课，2 月公布课表。')
  // the phone rings: what is written is saved when the page goes out of sight
  await clerk.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await expect(panel(clerk, '写答复')).toContainText('已保存。')
  await button(clerk, '提交审核').click()
  await expect(clerk.getByText('等待校长审核答复').first()).toBeVisible()
  await principal.goto(`/workbench/inquiries/${id}`)
  await button(principal, '审核答复').click()
  await expect(panel(principal, '答复和评价')).toContainText('2 月公布课表')

  for (const size of sizes) {
    await clerk.setViewportSize(size)
    for (const path of size.width > 360 ? ['', `/${id}`] : ['', '?view=all', '/new', '/templates', `/${id}`]) {
      await clerk.goto(`/workbench/inquiries${path}`)
      await expect(clerk.getByRole('heading', { level: 1 })).toBeVisible()
      await clerk.waitForLoadState('networkidle')
      await clerk.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)))
      await isAccessible(clerk)
    }
  }
})

test('a held letter is let through, and one is passed to another school and back', async ({ page, another }) => {
  test.setTimeout(120_000)
  const id = await write(page, '转学手续', { fields: { title: '转学手续', text: '请看 http://a.example http://b.example http://c.example http://d.example 代办转学手续' } })
  const clerk = await signIn(await another(), 'clerk1', `/workbench/inquiries/${id}`)
  await expect(clerk.getByText('这件来信要先看过再受理')).toBeVisible()
  await take(clerk, '核查放行')
  await expect(clerk.getByText('待受理', { exact: true }).first()).toBeVisible()

  const { token, record } = await personOf(page, 'clerk2')
  const other = await page.request.get(`/api/collections/schools/records/${record.school}`, { headers: { Authorization: token } })
  const { name } = (await other.json()) as { name: string }
  await button(clerk, '转办其他单位').click()
  await clerk.getByLabel('按名称查找').fill(name)
  await clerk.getByRole('radio', { name, exact: true }).check()
  await clerk.getByLabel('为什么属于对方的事项').fill('孩子要转去贵校')
  await take(clerk, '转办其他单位')
  await expect(clerk.getByText('转办中', { exact: true }).first()).toBeVisible()

  const receiver = await signIn(await another(), 'clerk2', '/workbench/inquiries?view=mine')
  await receiver.getByRole('link', { name: '转学手续' }).click()
  await button(receiver, '退回转办').click()
  await receiver.getByLabel('退回的理由').fill('孩子转去的不是我校')
  await take(receiver, '退回转办')
  await expect(receiver.getByText('您不再看到它')).toBeVisible()
  await clerk.reload()
  await expect(panel(clerk, '办理记录')).toContainText('孩子转去的不是我校')
})
