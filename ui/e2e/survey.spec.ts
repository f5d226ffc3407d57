import { spawnSync } from 'node:child_process'
import { expect, test } from './fixtures'
import { isAccessible, patient, signIn, sizes } from './workbench'

test('a role answers the survey, and the bureau sees who has not and what came of the last one', async ({ page, another }) => {
  await page.setViewportSize(sizes[0]!)
  await signIn(page, 'editor1', '/workbench/inbox')
  await patient(page.getByRole('listitem').filter({ hasText: '请填写：信息编辑员' })).toBeVisible()
  await page.getByRole('link', { name: /^\d{4} 年平台满意度调查$/ }).click()
  const form = page.getByRole('region', { name: '以“信息编辑员”岗位填写' })
  await patient(form).toContainText('未填写')
  await form.getByRole('button', { name: '提交' }).click()
  await expect(page.getByRole('alert')).toBeFocused()
  await page.getByRole('link', { name: '总体满意程度：请选择总体满意程度' }).click()
  await expect(form.getByRole('group', { name: '总体满意程度' })).toBeFocused()
  await isAccessible(page)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await form.getByRole('group', { name: '操作是否方便' }).getByLabel('基本满意').check()
  await form.getByLabel('最需要改进的一点').fill('登录再快一点')
  await form.getByRole('button', { name: '提交' }).click()
  await expect(form.getByRole('status')).toContainText('已保存')
  await expect(form).toContainText('已填写')
  await page.reload()
  await patient(form.getByRole('group', { name: '总体满意程度' }).getByLabel('非常满意', { exact: true })).toBeChecked()
  await isAccessible(page)

  const bureau = await signIn(await another(), 'supervisor', '/workbench/survey')
  await patient(bureau.getByText(/^应填 \d+ 个岗位，已填 \d+ 个/)).toBeVisible()
  await bureau.getByText(/^还没有填写的岗位（/).click()
  await expect(bureau.getByRole('table', { name: '还没有填写的岗位' })).toContainText('校长')
  await expect(bureau.getByText('登录再快一点')).toHaveCount(0)
  await bureau.getByRole('button', { name: '延长' }).click()
  await bureau.getByLabel('新的结束日期').fill('2020-01-01')
  await bureau.getByRole('button', { name: '确定延长' }).click()
  await expect(bureau.getByRole('alert')).toContainText('要晚于原来的')
  await bureau.getByRole('button', { name: '取消' }).click()

  await bureau.getByRole('navigation', { name: '年度' }).getByRole('link').last().click()
  await patient(bureau.getByText(/^满意率 \d+\.\d%：/)).toContainText('目标 90%')
  await expect(bureau.getByRole('table', { name: '各题（全区）' }).getByRole('row', { name: /总体满意程度 \d+\.\d% \d+ \/ \d+/ })).toBeVisible()
  for (const size of sizes) {
    await bureau.setViewportSize(size)
    await isAccessible(bureau)
  }
  const download = bureau.waitForEvent('download')
  await bureau.getByRole('button', { name: '导出 Excel' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^平台满意度调查结果_\d{4}年\.xlsx$/)
  expect(spawnSync('unzip', ['-tq', await file.path()]).status).toBe(0)

  await bureau.route('**/api/app/surveys', (route) => route.fulfill({ status: 500, json: { status: 500, message: '', data: {} } }))
  await bureau.reload()
  await patient(bureau.getByRole('alert')).toContainText('服务器暂时出错')
})
