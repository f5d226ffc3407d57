import { expect, test } from './fixtures'
import { day } from './requests'
import { isAccessible, personOf, signIn, sizes } from './workbench'
import type { SchoolList, ColumnPage } from '../src/shared/api/open'

// The bureau drafts a version of the column standard, tries it, releases it, and the
// schools' sites change: what stood in a column that went is in another one, and its
// old address leads there.
test('edited, tried, released, and a school’s site changes', async ({ page, request }) => {
  test.setTimeout(150_000)
  const { items: schools } = (await (await request.get('/open/v1/schools')).json()) as SchoolList
  const pageOf = async (school: string, column: string) => (await (await request.get(`/open/v1/schools/${school}/columns/${column}`)).json()) as ColumnPage
  const filled = []
  for (const { code, status } of schools) if (status === 'open' && (await pageOf(code, 'A0207')).items?.length) filled.push(code)
  const school = filled[0] ?? schools[0]!.code
  const before = (await pageOf(school, 'A0207')).items ?? []

  await signIn(page, 'supervisor', '/workbench/supervision/standard')
  await page.getByRole('button', { name: '起草新版本' }).click()
  await page.getByLabel('版本号').fill('2030')
  await page.getByLabel('名称').fill('栏目设置标准（2030试行）')
  await page.getByRole('button', { name: '开始' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('栏目设置标准（2030试行）')

  await page.getByRole('button', { name: '展开全部' }).click()
  await page.getByRole('button', { name: /^A0405/ }).click()
  const form = page.getByRole('form', { name: /A0405/ })
  await form.getByLabel('更新期限（天）').fill('99999')
  await form.getByLabel('名称').fill('开放日与参观')
  await form.getByRole('button', { name: '保存' }).click()
  await expect(form.getByRole('alert')).toContainText('更新期限')
  await form.getByLabel('更新期限（天）').fill('400')
  await form.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('status').filter({ hasText: '已保存' })).toBeVisible()

  await page.getByRole('button', { name: /^A0207/ }).click()
  await page.getByRole('form', { name: /A0207/ }).getByRole('button', { name: '去掉' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '去掉', exact: true }).click()
  await expect(page.getByRole('button', { name: /^A0207/ })).toHaveCount(0)

  const moves = page.getByRole('region', { name: '沿革' })
  await moves.getByRole('button', { name: '新增一行' }).click()
  await moves.getByRole('textbox', { name: '从' }).or(moves.getByRole('combobox', { name: '从' })).first().fill('A0207')
  await moves.getByRole('combobox', { name: '转到' }).selectOption('A0309')
  await moves.getByRole('button', { name: '保存沿革' }).click()
  await expect(page.getByRole('status').filter({ hasText: '沿革已保存' })).toBeVisible()
  await expect(page.getByRole('region', { name: '与现行标准的差异' })).toContainText('开放日与参观')

  const trial = page.getByRole('region', { name: '试运行' })
  await trial.getByRole('button', { name: '试运行' }).click()
  await expect(trial.getByRole('status')).toContainText('全区栏目规范达标率')
  for (const size of sizes) {
    await page.setViewportSize(size)
    await isAccessible(page)
  }

  await page.getByLabel('施行日期').fill(day())
  await page.getByRole('button', { name: '发布这一版' }).click()
  await expect(page.getByRole('status').filter({ hasText: '已经施行' })).toBeVisible({ timeout: 30_000 })

  await page.goto(`/s/${school}`)
  await expect(page.getByRole('link', { name: /开放日与参观/ }).first()).toBeVisible()
  await page.goto(`/s/${school}/A0207`)
  await expect(page).toHaveURL(`/s/${school}/A0309`)
  for (const item of before) {
    const { article } = (await (await request.get(`/open/v1/articles/${item.id}`)).json()) as { article: { column: { code: string }; index_number: string } }
    expect(article.column.code).toBe('A0309')
    expect(article.index_number).toContain('A0207')
  }
  // a school reads the standard in force and has nothing to edit
  const { token } = await personOf(page, 'editor1')
  const list = await request.get('/api/app/standards', { headers: { Authorization: token } })
  expect(((await list.json()) as { may_edit: boolean }).may_edit).toBe(false)
})
