import { spawnSync } from 'node:child_process'
import { reviewPoints, secrecyPoints } from '../src/shared/api/schema.gen'
import { expect, test } from './fixtures'
import { day } from './requests'
import { decide, isAccessible, patient, signIn, sizes } from './workbench'

// Last year's report of the sixth school, which has not begun it.
test('an annual report is written beside its figures, signed by another, reviewed and public', async ({ page, another }) => {
  await signIn(page, 'clerk6', '/workbench/supervision/annual')
  await page.getByRole('link', { name: /^\d{4} 年$/ }).first().click()
  await patient(page.getByRole('status').filter({ hasText: '请按提示写文字' })).toBeVisible()
  const form = page.getByRole('form', { name: '撰写报告' })
  await expect(form).toContainText(/通过本平台主动公开信息\d+条/)
  await expect(form.getByRole('table', { name: '表3 收到和处理政府信息公开申请情况' })).toBeVisible()
  await expect(form.getByRole('button', { name: '报请校长签发' })).toHaveCount(0)

  await form.getByLabel('本年行政事业性收费金额').fill('十二万')
  await form.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('alert')).toContainText('请填写收费金额')
  await form.getByLabel('本年行政事业性收费金额').fill('12.5')
  for (const label of ['（一）主动公开情况', '（二）依申请公开情况', '（三）信息管理情况', '（四）公开平台建设情况', '（五）监督保障情况', '主要问题及改进情况'])
    await form.getByRole('textbox', { name: label }).fill('学校按照规定做好信息公开工作，内容真实，更新及时，群众满意。'.repeat(3))
  await form.getByRole('textbox', { name: '其他事项' }).fill('没有其他需要报告的事项，一切正常。')
  await form.getByRole('button', { name: '保存' }).click()
  await patient(form.getByText('要补充：必须写明信息处理费')).toBeVisible()
  await expect(form.getByRole('button', { name: '报请校长签发' })).toBeDisabled()
  await page.setViewportSize(sizes[0]!)
  await isAccessible(page)
  await form.getByRole('textbox', { name: '其他事项' }).fill('本年度没有收取信息处理费。全年主动公开信息9999条。')
  await form.getByRole('button', { name: '报请校长签发' }).click()
  await patient(page.getByText('已经报请签发，等校长签发或者退回。')).toBeVisible()
  const address = new URL(page.url()).pathname

  const principal = await signIn(await another(), 'principal6', '/workbench/inbox')
  await principal.getByRole('link', { name: /^\d{4}年信息公开年度报告$/ }).click()
  const panel = principal.getByRole('region', { name: '签发' })
  await patient(panel).toContainText('与统计表不一致') // pointed out, for the principal to judge
  await isAccessible(principal)
  await panel.getByRole('button', { name: '签发', exact: true }).click()
  await patient(principal.getByText('已经签发，正在审核。')).toBeVisible()
  const article = new URL((await principal.getByRole('link', { name: '打开信息页' }).getAttribute('href'))!, principal.url()).pathname.split('/').pop()!
  await decide(principal, 'reviewer6', article, 'approve', { check: { examined: Object.keys(reviewPoints) } })
  await decide(principal, 'secrecy6', article, 'clear', { check: { examined: Object.keys(secrecyPoints), result: 'public' } })

  await page.goto(`/a/${article}`)
  await expect(page.getByRole('heading', { name: /年信息公开工作年度报告$/ })).toBeVisible()
  await expect(page.getByRole('table', { name: '表2-校 各栏目主动公开情况' })).toBeVisible()
  await expect(page.getByText('12.5')).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: /年度报告\.docx/ }).first().click()
  expect(spawnSync('unzip', ['-tq', await (await download).path()]).status).toBe(0)

  await signIn(page, 'supervisor', '/workbench/supervision/annual')
  const row = page.getByRole('row').filter({ has: page.locator(`a[href="${address}"]`) })
  const isLate = day().slice(5) > '01-31'
  await patient(row).toContainText(isLate ? '逾期公开' : '按时公开')
  await page.getByRole('button', { name: isLate ? /^逾期未公开/ : /^未开始/ }).click()
  await expect(row).toHaveCount(0)
  await isAccessible(page)
  await page.getByRole('button', { name: /^提醒(?!全部)/ }).first().click()
  await patient(page.getByText('今天已提醒')).toBeVisible()
  const sheet = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载汇总表 Excel' }).click()
  expect(spawnSync('unzip', ['-tq', await (await sheet).path()]).status).toBe(0)
})
