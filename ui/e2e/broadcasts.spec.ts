import { expect, test } from './fixtures'
import { begin, body, isAccessible, patient, personOf, signIn, sizes, submit } from './workbench'

// The bureau sends one draft to schools; each makes it its own. Previews of
// what is not public.

const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

for (const viewport of sizes) {
  test(`the bureau writes, sends and follows a broadcast at ${viewport.width} px`, async ({ page, another }) => {
    await page.setViewportSize(viewport)
    const title = `防溺水告家长书${Date.now().toString(36)}`
    await signIn(page, 'supervisor', '/workbench/broadcasts')
    await patient(page.getByRole('button', { name: '新建下发' })).toBeVisible()
    await isAccessible(page)
    await page.getByRole('button', { name: '新建下发' }).click()
    await patient(page.getByRole('heading', { name: '新建区级下发' })).toBeVisible()
    await isAccessible(page)

    await page.getByLabel('栏目', { exact: true }).selectOption({ label: '通知公告' })
    await page.getByRole('textbox', { name: '标题' }).fill(title)
    await page.getByRole('button', { name: '下发', exact: true }).click()
    await page.getByRole('button', { name: '确认下发' }).click()
    const summary = page.getByRole('alert').filter({ hasText: '还不能下发' })
    await expect(summary).toBeFocused()
    await expect(summary).toContainText('请选择要下发的学校')
    await expect(page.getByLabel('公开期限')).toHaveAccessibleDescription(/请填写公开期限/)
    await isAccessible(page)

    await page.getByLabel('公开期限').fill('2099-12-31')
    await body(page).click()
    await page.keyboard.type('暑期将至，请各位家长切实履行监护责任，教育孩子不私自下水游泳。')
    await page.getByLabel('选择附件').setInputFiles({ name: '告家长书.pdf', mimeType: 'application/pdf', buffer: pdf })
    await patient(page.getByText('告家长书.pdf').first()).toBeVisible()
    await page.getByRole('checkbox', { name: /^全部学校/ }).check()
    const some = page.getByRole('listitem').getByRole('checkbox')
    await some.last().uncheck()
    const count = (await some.count()) - 1
    await page.getByRole('button', { name: '保存草稿' }).click()
    await expect(page.getByText('草稿已保存。')).toBeVisible()
    await page.reload()
    await patient(page.getByRole('textbox', { name: '标题' })).toHaveValue(title)
    await expect(body(page)).toContainText('不私自下水')
    await page.getByRole('button', { name: '下发', exact: true }).click()
    await expect(page.getByRole('dialog')).toContainText(`${count} 所学校`)
    await isAccessible(page)
    await page.getByRole('button', { name: '确认下发' }).click()
    await patient(page.getByText(`已下发给 ${count} 所学校`)).toBeVisible()
    await expect(page.getByRole('table').getByText('未提交')).toHaveCount(count)
    await isAccessible(page)

    const { token, record } = await personOf(page, 'editor1')
    const mine = (await (
      await page.request.get(`/api/collections/articles/records?filter=(title='${title}')`, { headers: { Authorization: token } })
    ).json()) as { items: { id: string; school: string }[] }
    expect(mine.items.map((item) => item.school)).toEqual([record.school])
    const article = mine.items[0]?.id ?? ''
    const school = await signIn(await another(), 'editor1', `/workbench/articles/${article}`)
    await patient(school.getByRole('heading', { name: '编辑信息' })).toBeVisible()
    await submit(school)
    await expect(school.getByText('已提交审核。')).toBeVisible()

    await page.reload()
    await patient(page.getByRole('table').getByText('待初审')).toHaveCount(1)
    page.once('dialog', (dialog) => dialog.accept())
    await page.getByRole('button', { name: /提醒还没有公开的学校/ }).click()
    await expect(page.getByText(`已提醒 ${count} 所`)).toBeVisible()
    await expect(page.getByRole('button', { name: /提醒还没有公开的学校/ })).toBeDisabled()
    await page.getByLabel('显示').selectOption('reviewing')
    await expect(page.getByRole('table').getByRole('rowheader')).toHaveCount(1)
    await isAccessible(page)
  })
}

test('a preview is a page of the site for whoever has its link', async ({ page, another }) => {
  await signIn(page)
  const id = await begin(page, '通知公告', '还没有公开的通知')
  const { token } = await personOf(page, 'editor1')
  const headers = { Authorization: token }
  const list = (await (await page.request.get(`/api/collections/article_versions/records?filter=(article='${id}')`, { headers })).json()) as { items: { id: string }[] }
  const link = (await (await page.request.post(`/api/app/versions/${list.items[0]?.id}/preview`, { headers })).json()) as { url: string }
  const visitor = await another()
  const complaints: string[] = []
  visitor.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  for (const viewport of sizes) {
    await visitor.setViewportSize(viewport)
    await visitor.goto(new URL(link.url, page.url()).href)
    await expect(visitor.getByRole('heading', { name: '还没有公开的通知' })).toBeVisible()
    await expect(visitor.getByText(/预览，未公开，链接到 .* 失效/)).toBeVisible()
    await isAccessible(visitor)
  }
  expect(complaints).toEqual([])
  const gone = await visitor.goto(new URL('/api/app/preview/unknown', page.url()).href)
  expect(gone?.status()).toBe(404)
  await expect(visitor.getByRole('heading', { name: '预览链接已失效' })).toBeVisible()
  await isAccessible(visitor)
})
