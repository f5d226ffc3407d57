import type { Page } from '@playwright/test'
import { isFit } from './filing'
import { expect, test } from './fixtures'
import { personOf, reviewed, signIn, submit } from './workbench'

// The whole life of a letter: asked, answered, rated low, done again, rated high,
// and published without the name of who asked.

interface Desk {
  id: string
  draft: { updated: string } | null
  in_review: { hash: string } | null
  selection: { hash: string; findings: string[] } | null
  article: string
}

async function desk(page: Page, who: string, method: string, path: string, data?: object): Promise<Desk> {
  const { token } = await personOf(page, who)
  const answer = await page.request.fetch(`/api/app/inquiries/${path}`, { method, headers: { Authorization: token }, ...(data && { data }) })
  expect(answer.ok(), `${who}: ${method} ${path}: ${await answer.text()}`).toBe(true)
  return (await answer.json()) as Desk
}

const step = (page: Page, who: string, id: string, action: string, rest: object = {}) => desk(page, who, 'POST', `${id}/steps`, { do: action, ...rest })

// answer lets the clerk write an answer and the officer release it; their pages have their own story.
async function answer(page: Page, id: string, text: string): Promise<void> {
  const { draft } = await desk(page, 'clerk1', 'GET', id)
  await desk(page, 'clerk1', 'PUT', `${id}/text`, { kind: 'answer', answer: text, updated: draft?.updated ?? '' })
  const { in_review } = await step(page, 'clerk1', id, 'submit_answer')
  await step(page, 'officer1', id, 'answer', { hash: in_review!.hash })
}

async function follow(page: Page, number: string, code: string): Promise<void> {
  await page.goto(`/track?n=${number}`)
  await page.waitForSelector('html[data-ready]')
  await page.getByRole('textbox', { name: '查询码' }).fill(code)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: `来信 ${number}` })).toBeFocused()
}

test('asked, answered, rated low, done again, rated high, and published without the name', async ({ page, another }) => {
  test.setTimeout(120_000)
  await page.setViewportSize({ width: 360, height: 740 })
  const title = `校历几月公布 ${Date.now() % 100000}`
  await page.goto('/s/9999990001/ask')
  await page.waitForSelector('html[data-ready]')
  await page.getByRole('button', { name: '开始填写' }).click()
  await page.getByLabel('标题').fill(title)
  await page.getByLabel('内容').fill('想安排暑假的行程，请问校历什么时候公布？')
  await page.getByLabel('家长', { exact: true }).check()
  await page.getByLabel('姓名', { exact: true }).fill('欧阳小明')
  await page.getByLabel('手机号码或者电子邮箱').fill('ouyang@example.cn')
  await page.getByLabel(/同意.*公开/).check()
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await expect(page.getByRole('heading', { name: '已经提交' })).toBeFocused({ timeout: 30_000 })
  const number = await page.locator('.receipt-codes dd').nth(0).innerText()
  const code = await page.locator('.receipt-codes dd').nth(1).innerText()
  await page.getByLabel('我已经记下编号和查询码').check()

  const { token } = await personOf(page, 'clerk1')
  const list = await page.request.get('/api/app/inquiries', { headers: { Authorization: token }, params: { q: number } })
  const { id } = ((await list.json()) as { items: { id: string }[] }).items[0]!
  await step(page, 'clerk1', id, 'accept')
  await answer(page, id, '请留意学校通知。')

  await follow(page, number, code)
  await expect(page.getByText('请留意学校通知。')).toBeVisible()
  await page.getByLabel('答复了，但没有回答我的问题').check()
  await page.getByRole('button', { name: '提交评价' }).click()
  await expect(page.getByRole('link', { name: '请填写哪里不满意' })).toBeVisible()
  await page.getByLabel('哪里不满意').fill('没有说几月公布')
  await isFit(page)
  await page.getByRole('button', { name: '提交评价' }).click()
  await expect(page.getByText('退回重办', { exact: true }).first()).toBeVisible()

  await answer(page, id, '每学期结束前两周公布下学期校历。')
  await follow(page, number, code)
  await page.getByLabel('非常满意', { exact: true }).check()
  await page.getByRole('button', { name: '提交评价' }).click()
  await expect(page.getByText('评价已提交，谢谢。').first()).toBeVisible()
  await expect(page.getByRole('button', { name: '提交评价' })).toHaveCount(0)

  const text = { kind: 'selection', title, question: '欧阳小明：请问校历什么时候公布？', answer: '每学期结束前两周公布下学期校历。', updated: '' }
  const written = (await desk(page, 'clerk1', 'PUT', `${id}/text`, text)) as unknown as { updated: string; findings: string[] }
  expect(written.findings.join()).toContain('来信人的姓名')
  await desk(page, 'clerk1', 'PUT', `${id}/text`, { ...text, question: '请问校历什么时候公布？', updated: written.updated })
  const { selection } = await step(page, 'clerk1', id, 'propose_publication')
  const { article } = await step(page, 'officer1', id, 'publish', { hash: selection!.hash })

  const editor = await signIn(await another(), 'editor1', `/workbench/articles/${article}`)
  await submit(editor)
  await expect(editor.getByText('已提交审核。')).toBeVisible()
  await reviewed(page, article)
  await page.goto('/s/9999990001/B0402')
  await page.getByRole('link', { name: title }).click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(page.getByText('每学期结束前两周公布下学期校历。').first()).toBeVisible()
  expect(await page.content()).not.toMatch(/欧阳|ouyang|LX\d{4}/)
  await isFit(page)
})
