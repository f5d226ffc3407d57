import type { Page } from '@playwright/test'
import { expect } from './fixtures'
import { solve } from '../src/public/filing/solve'
import type { Challenge } from '../src/public/filing/solve'
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

const proof = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')

/** fileOnline files an application with the first school as a visitor does, proof of work included. */
export async function fileOnline(page: Page, subject: string): Promise<{ number: string; code: string }> {
  const { record } = await personOf(page, 'clerk1')
  const { token } = await personOf(page, 'clerk1')
  const school = await page.request.get(`/api/collections/schools/records/${record.school}`, { headers: { Authorization: token } })
  const { code } = (await school.json()) as { code: string }
  const challenge = (await (await page.request.get('/api/app/challenge')).json()) as Challenge
  const application = {
    class: 'person', name: '张三丰', id_kind: 'passport', id_number: 'E12345678', address: '示范区晨光路 8 号', phone: '13800138000', subject, forms: ['paper'], ways: ['by_post'],
    any_way: true, promised: true, resend: `filed online ${Math.random()}`, proof: solve(challenge),
  }
  const answer = await page.request.post(`/api/app/schools/${code}/requests`, {
    multipart: { application: JSON.stringify(application), proofs: { name: '护照.png', mimeType: 'image/png', buffer: proof } },
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  return (await answer.json()) as { number: string; code: string }
}

/** redact makes a copy of a file with a corner blackened; the answer tells line by line how far it is. */
export async function redact(page: Page, id: string, file: string, name: string): Promise<void> {
  const { token } = await personOf(page, 'clerk1')
  const data = { areas: [{ page: 1, x: 0, y: 0, w: 0.5, h: 0.5 }], name }
  const answer = await page.request.post(`/api/app/requests/${id}/files/${file}/redact`, { headers: { Authorization: token }, data })
  expect(await answer.text()).toContain('"file"')
}
