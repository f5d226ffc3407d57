import { spawnSync } from 'node:child_process'
import type { ArticleList } from '../src/shared/api/open'
import { expect, test } from './fixtures'
import { isAccessible, patient, signIn, sizes } from './workbench'

const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')

test('an order is issued, acknowledged, reported on, returned, reported on again and closed', async ({ page, another }) => {
  const title = `公开收费依据 ${Date.now()}`
  await page.setViewportSize(sizes[1]!)
  await signIn(page, 'supervisor', `/workbench/supervision/orders?view=all`)
  await patient(page.getByRole('table', { name: '督办整改' })).toBeVisible()
  await isAccessible(page)
  await page.getByRole('button', { name: '发督办单' }).click()
  await patient(page.getByRole('button', { name: '发给 0 所学校' })).toBeVisible()
  await page.getByRole('button', { name: '发给 0 所学校' }).click()
  await expect(page.getByRole('alert')).toContainText('学校：请选择学校')
  await isAccessible(page)
  await page.getByLabel('整改通知书').check()
  await page.getByLabel('事由').fill(title)
  await page.getByRole('textbox', { name: '要求' }).fill('公开收费的批准文号。')
  await page.getByLabel('期限（工作日）').fill('61')
  await expect(page.getByText('请填写 1 至 60 之间的整数。')).toBeVisible()
  await page.getByLabel('期限（工作日）').fill('5')
  await expect(page.getByText(/学校应当在 .*年.*月.*日前签收，在 .*日前报送整改情况/)).toBeVisible()
  const schools = page.getByRole('group', { name: /^发给学校/ }).getByRole('listitem')
  await schools.nth(0).getByRole('checkbox').check()
  await schools.nth(1).getByRole('checkbox').check()
  await page.getByRole('button', { name: '发给 2 所学校' }).click()
  await patient(page.getByRole('status').filter({ hasText: '已发出' })).toBeFocused()
  await expect(page.getByText('2 所学校：待签收 2')).toBeVisible()
  const address = new URL(page.url()).pathname

  const school = await signIn(await another({ viewport: sizes[0]! }), 'officer1', '/workbench/inbox')
  await patient(school.getByRole('link', { name: new RegExp(title) })).toBeVisible()
  await school.getByRole('link', { name: new RegExp(title) }).click()
  await school.getByRole('button', { name: '签收' }).last().click()
  await patient(school.getByRole('status').filter({ hasText: '已签收' })).toBeFocused()
  await isAccessible(school)
  await school.getByLabel('上传佐证材料').setInputFiles({ name: '收费公示.png', mimeType: 'image/png', buffer: picture })
  await patient(school.getByRole('button', { name: /^收费公示\.png/ })).toBeVisible()
  const report = async (text: string) => {
    await school.getByRole('textbox', { name: '整改情况' }).fill(text)
    await school.getByRole('button', { name: '报送整改情况' }).last().click()
    await patient(school.getByRole('status').filter({ hasText: '已报送' })).toBeFocused()
  }
  await report('已经公开批准文号。')

  await page.goto(`${address}`)
  await patient(page.getByRole('table', { name: '各校的办理情况' })).toContainText('等您办理')
  await page.getByRole('row', { name: /等您办理/ }).getByRole('link').click()
  await patient(page.getByRole('button', { name: '退回整改' })).toBeVisible()
  await page.getByRole('button', { name: '退回整改' }).click()
  await page.getByRole('textbox', { name: '还差什么' }).fill('还缺伙食费的文号。')
  await expect(page.getByText(/学校应当在 .*日前重新报送/)).toBeVisible()
  await page.getByRole('button', { name: '退回整改' }).last().click()
  await patient(page.getByRole('status').filter({ hasText: '已退回整改' })).toBeFocused()
  for (const size of sizes) {
    await page.setViewportSize(size)
    await isAccessible(page)
  }
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载退回整改意见书' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^退回整改意见书 ZG\d{4}-\d{4}-\d\d-退 .*\.docx$/)
  expect(spawnSync('unzip', ['-tq', await file.path()]).status).toBe(0)

  await school.reload()
  await patient(school.getByText('还缺伙食费的文号。')).toBeVisible()
  await report('已经补上伙食费的文号。')
  await page.reload()
  await patient(page.getByRole('button', { name: '验收通过' }).last()).toBeVisible()
  await page.getByRole('button', { name: '验收通过' }).last().click()
  await patient(page.getByRole('status').filter({ hasText: '已验收通过' })).toBeFocused()
  await expect(page.getByRole('table', { name: '各校的办理情况' })).toContainText('按期办结')
  await school.goto('/workbench/supervision/orders?state=closed')
  await patient(school.getByRole('table', { name: '督办整改' })).toContainText(title)
})

test('an order is issued from the article that gave occasion to it', async ({ page }) => {
  const { items } = (await (await page.request.get('/open/v1/articles')).json()) as ArticleList
  const { id, title } = items.find(({ state }) => state === 'published')!
  await signIn(page, 'supervisor', `/workbench/articles/${id}`)
  await patient(page.getByRole('heading', { name: '督办单、整改通知书' })).toBeVisible()
  await page.getByRole('button', { name: '发督办单' }).click()
  await patient(page.getByText(`由这一件引起：内容检查：${title}`)).toBeVisible()
})
