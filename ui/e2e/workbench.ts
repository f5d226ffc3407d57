import { reviewPoints, secrecyPoints } from '../src/shared/api/schema.gen'
import type { Page } from '@playwright/test'
import { fits } from './axe'
import { expect } from './fixtures'

// What the stories of the workbench share: people, sessions, reviews.

export const password = 'Demo-2026-gongkai'
export const at = (email: string) => `${email}@demo.example`
export const patient = expect.configure({ timeout: 15_000 }) // the first page of a cold machine
export const sizes = [{ width: 360, height: 740 }, { width: 1280, height: 900 }]

/** What the browser keeps of a sign-in: sign-ins from one address are limited, and take their time. */
const kept = new Map<string, { token: string; record: { id: string; name: string; school: string } }>()

/** personOf signs somebody in over HTTP, once for all tests of a worker. */
export async function personOf(page: Page, name: string) {
  const known = kept.get(name)
  if (known) return known
  const answer = await page.request.post('/api/collections/staff/auth-with-password', { data: { identity: at(name), password } })
  expect(answer.ok(), `${name}: ${await answer.text()}`).toBe(true)
  const session = (await answer.json()) as { token: string; record: { id: string; name: string; school: string } }
  kept.set(name, session)
  return session
}

/** signIn opens the workbench as somebody, and gives the page back. */
export async function signIn(page: Page, name = 'editor1', path = '/workbench/'): Promise<Page> {
  const session = await personOf(page, name)
  await page.addInitScript((value) => sessionStorage.setItem('gongkai-staff', value), JSON.stringify(session))
  await page.goto(path)
  await patient(page.getByRole('button', { name: '退出登录' })).toBeVisible()
  return page
}

/** begin starts an article in a column and stops in the editor. */
export async function begin(page: Page, column: string, title: string): Promise<string> {
  await page.goto('/workbench/articles/new')
  await page.getByLabel('按名称查找栏目').fill(column)
  await page.getByRole('button', { name: new RegExp(`在此栏目新建\\s*：${column}$`) }).first().click()
  await page.getByRole('dialog').getByLabel('标题').fill(title)
  await page.getByRole('button', { name: '开始填写' }).click()
  await patient(page.getByRole('heading', { name: '编辑信息' })).toBeVisible()
  return new URL(page.url()).pathname.split('/').pop()!
}

export const body = (page: Page) => page.getByRole('textbox', { name: '正文' })
export const saved = (page: Page) => expect(page.getByTestId('save-state')).toHaveAttribute('data-state', 'saved')

export async function submit(page: Page) {
  await page.getByRole('button', { name: '提交审核', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('每道由不同的人办理')
  await page.getByRole('button', { name: '确认提交' }).click()
}

/** decide takes a step of a review over HTTP: the pages of it have their own story. */
export async function decide(page: Page, name: string, article: string, action: string, rest: object = {}) {
  const { token } = await personOf(page, name)
  const headers = { Authorization: token }
  const answer = await page.request.post('/api/collections/article_steps/records', { headers, data: { article, action, ...rest } })
  expect(answer.ok(), `${action}: ${await answer.text()}`).toBe(true)
}

/** reviewed lets two people of the first school pass what is submitted. */
export async function reviewed(page: Page, article: string) {
  await decide(page, 'reviewer1', article, 'approve', { check: { examined: Object.keys(reviewPoints) } })
  await decide(page, 'secrecy1', article, 'clear', { check: { examined: Object.keys(secrecyPoints), result: 'public' } })
}

export const isAccessible = (page: Page) => fits(page)
