import type { Page } from '@playwright/test'
import { expect } from './fixtures'
import { personOf } from './workbench'

// Steps of a request over HTTP, where the pages of them are not the story.

type Answer = Record<string, unknown> & { id: string; state: string; in_review: { hash: string } | null; draft: { updated: string } | null }

/** call asks the server as somebody. */
export async function call(page: Page, who: string, method: string, path: string, data?: unknown): Promise<Answer> {
  const { token } = await personOf(page, who)
  const answer = await page.request.fetch(`/api/app/requests${path}`, { method, headers: { Authorization: token }, ...(data !== undefined && { data }) })
  expect(answer.ok(), `${who}: ${method} ${path}: ${await answer.text()}`).toBe(true)
  return (await answer.json()) as Answer
}

/** day is today in the district, or so many days before. */
export const day = (before = 0) => new Date(Date.now() + 8 * 3600_000 - before * 86_400_000).toISOString().slice(0, 10)

/** enter lets the clerk of the first school enter an application that was handed in, and gives its id. */
export async function enter(page: Page, subject: string, change: Record<string, unknown> = {}): Promise<string> {
  const { token } = await personOf(page, 'clerk1')
  const application = {
    class: 'person', name: '张三丰', id_kind: 'passport', id_number: 'E12345678', address: '示范区晨光路 8 号', phone: '13800138000', subject, details: '中标单位、评分表',
    forms: ['paper'], ways: ['by_post'], any_way: true, promised: true, channel: 'counter', register: true, arrived: day(), resend: `entered ${subject} ${Math.random()}`, ...change,
  }
  const answer = await page.request.post('/api/app/requests', { headers: { Authorization: token }, multipart: { application: JSON.stringify(application) } })
  expect(answer.ok(), await answer.text()).toBe(true)
  return ((await answer.json()) as { id: string }).id
}

export const step = (page: Page, who: string, id: string, action: string, rest: object = {}) => call(page, who, 'POST', `/${id}/steps`, { do: action, ...rest })

/** draft writes the answer of a request. */
export async function draft(page: Page, id: string, reply: object): Promise<void> {
  const { draft: open } = await call(page, 'clerk1', 'GET', `/${id}`)
  await call(page, 'clerk1', 'PUT', `/${id}/draft`, { ...reply, updated: open?.updated ?? '' })
}

/** submitted is a request whose answer waits for its secrecy review. */
export async function submitted(page: Page, subject: string): Promise<{ id: string; hash: string }> {
  const id = await enter(page, subject)
  await step(page, 'clerk1', id, 'assign', { party: '总务处' })
  await draft(page, id, { outcome: '1.1', content: subject, obtain: '请在工作日到校长办公室领取复印件' })
  const { in_review } = await step(page, 'clerk1', id, 'submit_answer')
  return { id, hash: in_review!.hash }
}
