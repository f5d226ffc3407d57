import type { APIRequestContext } from '@playwright/test'
import { solve } from '../src/public/filing/solve'
import type { Challenge } from '../src/public/filing/solve'
import { expect, test as base } from './fixtures'
import { isAccessible, patient, signIn, sizes } from './workbench'

// A school that ends does so for every story of a server: this one has its own.
const test = base.extend<object, { apart: boolean }>({ apart: [async ({}, use) => use(true), { scope: 'worker', auto: true }] })

/** writeLetter writes to a school as a visitor does, proof of work included. */
async function writeLetter(request: APIRequestContext, school: string): Promise<{ number: string; code: string }> {
  const challenge = (await (await request.get('/api/app/challenge')).json()) as Challenge
  const letter = {
    channel: 'mailbox', category: 'suggestion', fields: { title: '校车的路线', text: '希望校车的路线经过新村。' }, capacity: 'parent', name: '王小明', contact: 'wang@example.cn', may_publish: true,
    resend: `letter ${Math.random()} ${Math.random()}`, proof: solve(challenge),
  }
  const answer = await request.post(`/api/app/units/${school}/letters`, { multipart: { letter: JSON.stringify(letter) } })
  expect(answer.ok(), await answer.text()).toBe(true)
  return (await answer.json()) as { number: string; code: string }
}

test('a school is merged with a case open: its pages say so, its doors lead on, the successor has the case', async ({ page, another, request }) => {
  const { items: schools } = (await (await request.get('/open/v1/schools')).json()) as { items: { code: string; name: string }[] }
  const [successor, ended] = [schools[0]!, schools[4]!]
  const { number, code } = await writeLetter(request, ended.code)

  await page.setViewportSize(sizes[1]!)
  await signIn(page, 'bureau-admin', '/workbench/registry/schools')
  await patient(page.getByRole('table', { name: '学校资料' })).toContainText(ended.name)
  await isAccessible(page)
  await page.getByRole('link', { name: ended.name }).click()
  await patient(page.getByRole('button', { name: '看看会发生什么' })).toBeVisible()
  await page.getByRole('button', { name: '看看会发生什么' }).click()
  await patient(page.getByText(/将移交 \d+ 件申请、[1-9]\d* 件来信/)).toBeVisible()
  await page.getByLabel('我已经核对，今天就办理').check()
  await page.getByRole('button', { name: '办理', exact: true }).click()
  await patient(page.getByRole('alert')).toContainText('依据')
  await page.getByLabel('承接学校').selectOption(successor.code)
  await page.getByLabel('从哪一天起').fill('2026-09-01')
  await page.getByRole('textbox', { name: '依据' }).fill('区政府批复〔2026〕12 号')
  for (const size of sizes) {
    await page.setViewportSize(size)
    await isAccessible(page)
  }
  await page.getByRole('button', { name: '办理', exact: true }).click()
  await patient(page.getByRole('status').filter({ hasText: '未办结的事项已经移交' })).toBeFocused()

  // what the server drew is what the app shows
  const mark = `本校已于2026年9月1日并入${successor.name}。`
  const plain = await another({ javaScriptEnabled: false })
  for (const path of [`/s/${ended.code}`, `/s/${ended.code}/A0101`, `/s/${ended.code}/apply`, `/s/${ended.code}/mailbox`]) {
    await plain.goto(path)
    await expect(plain.getByRole('note')).toContainText(mark)
    const served = await plain.locator('#main').evaluate((main) => main.textContent?.replace(/\s+/g, ''))
    await page.goto(path)
    await page.waitForSelector('html[data-ready]')
    await expect(page.getByRole('note')).toContainText(mark)
    expect(await page.locator('#main').evaluate((main) => main.textContent?.replace(/\s+/g, ''))).toBe(served)
  }
  await expect(plain.getByText('本校不再接收来信')).toBeVisible()
  await isAccessible(page)
  await page.getByRole('note').getByRole('link', { name: successor.name }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(successor.name)
  await expect(page.getByRole('note')).toHaveCount(0)

  const followed = (await (await request.post('/api/app/letters/track', { data: { number, code } })).json()) as { unit: string; history: { text: string }[] }
  expect(successor.name).toContain(followed.unit)
  expect(followed.history.map(({ text }) => text).join()).toContain('编号、查询码和期限不变')

  const school = await signIn(await another(), 'clerk1', `/workbench/inquiries?q=${number}`)
  await patient(school.getByRole('row', { name: new RegExp(number) })).toBeVisible()

  // whoever was left behind reads, and is told so; they are taken along later
  const left = await signIn(await another(), 'editor5', '/workbench/articles')
  await patient(left.getByRole('note')).toContainText(`并入${successor.name}`)
  await expect(left.getByRole('button', { name: '新建信息' })).toHaveCount(0)
  await left.setViewportSize(sizes[0]!)
  await isAccessible(left)
  await page.goto(`/workbench/registry/schools/${ended.code}`)
  await patient(page.getByRole('heading', { name: '还在原学校的人员' })).toBeVisible()
  await page.getByLabel('去向').first().selectOption(successor.code)
  await page.getByLabel('信息编辑员').first().check()
  await isAccessible(page)
  await page.getByRole('button', { name: '转到承接学校' }).click()
  await patient(page.getByRole('status').filter({ hasText: '已转走 1 人' })).toBeFocused()
})
