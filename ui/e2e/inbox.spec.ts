import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { isAccessible, password, patient, sizes } from './workbench'

// The inbox: what waits for whom, live, with the keyboard, claimed and given back.

async function signIn(page: Page, who: string) {
  await page.goto('/workbench/inbox')
  await page.getByLabel('邮箱').fill(`${who}@demo.example`)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await patient(page.getByRole('heading', { name: '待办', level: 1 })).toBeVisible()
  await patient(page.locator('#main [aria-busy="false"]')).toBeVisible()
}

/** submit writes an article and hands it in, by the same API as the editor's page. */
async function submit(page: Page, title: string): Promise<string> {
  return page.evaluate(async (title) => {
    const token = (JSON.parse(sessionStorage.getItem('gongkai-staff') ?? '{}') as { token: string }).token
    const send = async (method: string, path: string, body?: unknown) => {
      const answer = await fetch(path, { method, headers: { Authorization: token, 'Content-Type': 'application/json' }, body: body ? JSON.stringify(body) : undefined })
      const said = (await answer.json()) as { id: string; items: { id: string }[] }
      if (!answer.ok) throw new Error(JSON.stringify(said))
      return said
    }
    const at = '/api/collections'
    const { id } = await send('POST', `${at}/articles/records`, { column: 'A0308', title })
    const version = (await send('GET', `${at}/article_versions/records?filter=(article='${id}')`)).items[0]!.id
    await send('PATCH', `${at}/article_versions/records/${version}`, { title, body: '<p>学校食堂本周起调整供餐时间，请各位家长知悉。</p>', created_on: '2026-01-05' })
    await send('POST', `${at}/article_steps/records`, { article: id, version, action: 'submit' })
    return id
  }, title)
}

const row = (page: Page, title: string) => page.getByRole('listitem').filter({ has: page.getByRole('link', { name: title, exact: true }) })

test('what a colleague hands in appears by itself, is claimed, opened with the keyboard and read in the messages', async ({ page, another }) => {
  const live = page.waitForResponse((answer) => answer.url().endsWith('/api/realtime') && answer.request().method() === 'POST')
  await signIn(page, 'reviewer1')
  const before = Number(/\((\d+)\)/.exec(await page.title())?.[1] ?? 0)
  const editor = await another()
  await signIn(editor, 'editor1')
  await live
  const title = `食堂供餐调整${Date.now() % 100000}`
  await submit(editor, title)

  await patient(row(page, title)).toContainText('待初审')
  await expect(page).toHaveTitle(`(${before + 1}) 待办 · 工作台`)
  await expect(page.getByRole('heading', { name: /^待办理（\d+）$/ })).toBeVisible()
  const bell = page.getByRole('button', { name: /^消息，\d+ 条未读$/ })
  await patient(bell).toBeVisible()
  await editor.reload()
  await patient(editor.getByRole('region', { name: /^等待他人办理/ }).getByRole('link', { name: title })).toBeVisible()

  await row(page, title).getByRole('button', { name: '领取' }).click()
  await expect(row(page, title)).toContainText('您已领取')
  await row(page, title).getByRole('button', { name: '放回' }).click()
  await expect(row(page, title)).not.toContainText('已领取')

  await bell.click()
  await expect(page.getByRole('heading', { name: '消息' })).toBeFocused()
  await expect(page.getByRole('region', { name: '消息' }).getByRole('link', { name: new RegExp(`未读.*${title}`) })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(bell).toBeFocused()
  await expect(page.getByRole('heading', { name: '消息' })).toBeHidden()
  await bell.click()
  await page.getByRole('button', { name: '全部标为已读' }).click()
  await expect(page.getByRole('button', { name: '消息，没有未读' })).toBeVisible()
  await page.keyboard.press('Escape')

  await page.evaluate(() => document.querySelector<HTMLElement>('#main h1')?.focus())
  await page.keyboard.press('j')
  const links = page.locator('#main a[data-item]')
  await expect(links.first()).toBeFocused()
  await page.keyboard.press('k')
  await expect(links.first()).toBeFocused()
  if ((await links.count()) > 1) {
    await page.keyboard.press('ArrowDown')
    await expect(links.nth(1)).toBeFocused()
  }
  await page.keyboard.press('Home')
  await expect(links.first()).toBeFocused()
  const first = (await links.first().getAttribute('href'))!
  await page.keyboard.press('Enter')
  await patient(page).toHaveURL(first)
})

test('another reviewer has it: the answer says who', async ({ page, another }) => {
  await signIn(page, 'editor2')
  const title = `谁来审核${Date.now() % 100000}`
  await submit(page, title)
  const reviewer = await another()
  await signIn(reviewer, 'reviewer2')
  await row(reviewer, title).getByRole('button', { name: '领取' }).click()
  await expect(row(reviewer, title)).toContainText('您已领取')
  await reviewer.route('**/claim', (route) => route.fulfill({ status: 409, json: { status: 409, message: '李老师已于 11月23日 10:00 领取，正在办理。', data: {} } }))
  await row(reviewer, title).getByRole('button', { name: '放回' }).click()
  await expect(reviewer.getByRole('alert')).toContainText('李老师已于')
})

test('the inbox says what went wrong and tries again', async ({ page }) => {
  await page.route('**/api/app/inbox', (route) => route.fulfill({ status: 503, json: { status: 503, message: '', data: {} } }))
  await page.goto('/workbench/inbox')
  await page.getByLabel('邮箱').fill('principal2@demo.example')
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await patient(page.getByRole('alert')).toContainText('服务器暂时出错')
  await page.unroute('**/api/app/inbox')
  await page.getByRole('button', { name: '重试' }).click()
  await patient(page.getByRole('heading', { name: '待办', level: 1 })).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

for (const size of sizes) {
  test(`inbox and messages are accessible at ${size.width} px`, async ({ page }) => {
    await page.setViewportSize(size)
    await signIn(page, 'editor3')
    await submit(page, '食堂供餐调整')
    await page.reload()
    await patient(page.getByRole('region', { name: /^等待他人办理/ })).toBeVisible()
    await isAccessible(page)
    await page.getByRole('button', { name: /^消息/ }).click()
    await expect(page.getByRole('heading', { name: '消息' })).toBeFocused()
    await isAccessible(page)
    await expect(page.getByRole('region', { name: '消息' })).toBeInViewport({ ratio: 1 })
  })
}
