import { expect, test } from './fixtures'
import { isAccessible, signIn, sizes } from './workbench'
import { call, day, draft, enter, fileOnline, redact, step, submitted } from './requests'
import type { Page } from '@playwright/test'

// The way of an application for information, told on the real binary: by whom it is
// registered, worked on, signed and sent.

const panel = (page: Page, name: string) => page.getByRole('region', { name })
const address = (id: string) => `/workbench/requests/${id}`
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

test('registered, corrected, opinion asked, extended: each with its form, its article, its approval', async ({ page, another }) => {
  test.setTimeout(180_000)
  const { number } = await fileOnline(page, '近三年食堂供餐单位的招标结果')
  const { items } = (await call(page, 'clerk1', 'GET', `?q=${number}`)) as unknown as { items: { id: string }[] }
  const id = items[0]!.id

  const clerk = await signIn(await another(), 'clerk1', address(id))
  await expect(clerk.getByText('请与申请人确认收到申请并登记')).toBeVisible()
  await expect(clerk.getByRole('heading', { name: '登记', exact: true })).toBeVisible() // what comes first lies open
  await button(clerk, '预览文书').click()
  await expect(clerk.frameLocator('iframe').getByText('收件回执').first()).toBeVisible()
  await clerk.getByRole('dialog').getByRole('button', { name: '关闭', exact: true }).click()
  await panel(clerk, '现在可以办理').locator('form').getByRole('button', { name: '登记', exact: true }).click()
  await expect(clerk.getByText('已登记', { exact: true }).first()).toBeVisible()
  await expect(panel(clerk, '答复期限怎样计算')).toContainText('其后共 20 个工作日')

  await button(clerk, '告知补正').click()
  await button(clerk, '提请工作机构负责人同意').click()
  await expect(clerk.getByRole('alert')).toBeFocused()
  await clerk.getByRole('alert').getByRole('link').click()
  await expect(clerk.getByLabel('需要补正的事项')).toBeFocused() // the error leads to its field
  await clerk.keyboard.type('请写明具体学年和校区')
  await button(clerk, '提请工作机构负责人同意').click()
  await expect(panel(clerk, '等待工作机构负责人同意：告知补正')).toContainText('请写明具体学年和校区')

  const officer = await signIn(await another(), 'officer1', address(id))
  await button(officer, '预览文书').click()
  await expect(officer.frameLocator('iframe').getByText('请写明具体学年和校区').first()).toBeVisible()
  await officer.getByRole('dialog').getByRole('button', { name: '关闭', exact: true }).click()
  await button(officer, '同意拟办').click()
  await expect(officer.getByText('待补正', { exact: true })).toBeVisible()

  // the clerk still has the page of before: they are told, and see what is now
  await button(clerk, '撤回拟办').click()
  await clerk.getByLabel('不同意的原因').fill('改为直接办理')
  await button(clerk, '不同意拟办').click()
  await expect(clerk.getByText('刚才有同事办理了这件申请')).toBeVisible()
  await button(clerk, '录入收到的补正').click()
  await clerk.getByLabel('所需信息').fill('2025 学年本部食堂供餐单位的招标结果')
  await button(clerk, '登记补正').click()
  await expect(clerk.getByRole('heading', { level: 1 })).toHaveText('2025 学年本部食堂供餐单位的招标结果')

  await button(clerk, '征求第三方意见').click()
  await clerk.getByLabel('第三方的姓名或者名称').fill('示范区安心供餐公司')
  await clerk.getByLabel('就什么信息征求意见').fill('投标报价和评分表')
  await button(clerk, '提请工作机构负责人同意').click()
  await expect(panel(clerk, '等待工作机构负责人同意：征求第三方意见')).toBeVisible()
  await step(page, 'officer1', id, 'approve')
  await clerk.reload()
  const clock = panel(clerk, '答复期限怎样计算')
  await expect(clock.getByText('征求意见，不计入').first()).toBeVisible()
  await clock.getByText('逐段列出').click()
  await expect(clock.getByText(/不计入（条例第三十三条）/).first()).toBeVisible()
  await clerk.getByLabel('意见', { exact: true }).selectOption({ label: '同意公开' })
  await panel(clerk, '现在可以办理').locator('form').getByRole('button', { name: '登记意见' }).click()
  await expect(panel(clerk, '补正和征求意见')).toContainText('同意公开')

  await button(clerk, '延期答复').click()
  await clerk.getByLabel('延长（工作日）').fill('30')
  await clerk.getByLabel('延期的理由').fill('涉及的档案较多')
  await button(clerk, '提请工作机构负责人同意').click()
  await expect(clerk.getByText('延长的期限填写 1 至 20 个工作日').first()).toBeVisible()
  await clerk.getByLabel('延长（工作日）').fill('20')
  await button(clerk, '提请工作机构负责人同意').click()
  await expect(panel(clerk, '等待工作机构负责人同意：延期答复')).toBeVisible()
  await step(page, 'officer1', id, 'approve')
  await clerk.reload()
  await expect(clerk.getByText('已延期', { exact: true })).toBeVisible()
  const { provisional } = (await call(page, 'clerk1', 'GET', `/${id}`)) as unknown as { provisional: boolean }
  await expect(clerk.getByText('暂定', { exact: true })).toHaveCount(provisional ? 1 : 0) // where it reaches into a year without a notice
})

test('a partial disclosure is drafted, signed by three people who see the letter, and delivered', async ({ page, another }) => {
  test.setTimeout(180_000)
  const id = await enter(page, '2025 年教师考核结果汇总')
  await step(page, 'clerk1', id, 'assign', { party: '人事处' })

  const clerk = await signIn(await another(), 'clerk1', address(id))
  await clerk.getByLabel('上传文件').setInputFiles({ name: '考核结果.png', mimeType: 'image/png', buffer: dot })
  await expect(panel(clerk, '办理中的文件').getByRole('link', { name: /遮盖/ })).toBeVisible()
  await clerk.getByRole('radio', { name: '部分公开' }).check()
  await clerk.getByRole('checkbox', { name: /其他法律、行政法规禁止公开/ }).check()
  await button(clerk, '保存草稿').click()
  await expect(clerk.getByText(/还有 3 处要补全/)).toBeVisible()
  await expect(clerk.getByText('部分公开的，请附上遮盖后的副本', { exact: false }).first()).toBeVisible()

  const { files } = (await call(page, 'clerk1', 'GET', `/${id}`)) as unknown as { files: { id: string }[] }
  await redact(page, id, files[0]!.id, '考核结果（遮盖）.png')
  await clerk.reload()
  await expect(clerk.getByRole('checkbox', { name: /考核结果\.png/ })).toBeDisabled() // the original stays inside
  await clerk.getByRole('checkbox', { name: /考核结果（遮盖）/ }).check()
  await clerk.getByLabel('理由', { exact: true }).fill('姓名和身份证号码属于个人信息')
  await clerk.getByLabel('条例以外的依据').fill('《中华人民共和国个人信息保护法》第十三条')

  // a colleague saves meanwhile: nothing is written over
  await draft(page, id, { outcome: '2', content: '同事写的内容', withheld: ['3.2'] })
  await button(clerk, '保存草稿').click()
  await expect(clerk.getByText('同事刚改过这份答复书')).toBeVisible()
  await button(clerk, '保留我的内容').click()
  await button(clerk, '提交保密审查').click()
  await expect(clerk.getByText('待保密审查', { exact: true }).first()).toBeVisible()
  await expect(clerk.getByText('审查、审核和签发要由没有参与起草的人办理')).toBeVisible()

  for (const [who, name] of [['secrecy1', '通过保密审查'], ['officer1', '审核同意'], ['principal1', '签发答复']] as const) {
    const signer = await signIn(await another(), who, address(id))
    await expect(signer.frameLocator('iframe').getByText('姓名和身份证号码属于个人信息').first()).toBeVisible()
    await button(signer, name).click()
    await expect(signer.getByText(`已${name}。`)).toBeVisible()
  }

  await clerk.reload()
  const letters = panel(clerk, '文书')
  await expect(letters).toContainText('号-部答')
  const loaded = clerk.waitForEvent('download')
  await letters.getByRole('button', { name: /^下载 \.docx.*部答$/ }).click()
  expect((await loaded).suggestedFilename()).toMatch(/\.docx$/)
  await clerk.getByLabel('送达的方式').selectOption('邮寄')
  await panel(clerk, '现在可以办理').locator('form').getByRole('button', { name: '登记送达' }).click()
  await expect(letters).toContainText('送达回证')

  const kept = clerk.waitForEvent('download')
  await button(clerk, '导出全部材料（zip）').click()
  expect((await kept).suggestedFilename()).toMatch(/\.zip$/)

  await button(clerk, '查看申请人信息').click()
  await clerk.getByLabel('查看的原因').fill('邮寄答复书')
  await clerk.getByRole('dialog').getByRole('button', { name: '查看', exact: true }).click()
  await expect(clerk.getByRole('dialog')).toContainText('张三丰')
  await clerk.keyboard.press('Escape')
  await expect(clerk.getByText('张三丰')).toBeHidden()

  await button(clerk, '选择栏目，建立草稿').click()
  await clerk.getByLabel('栏目').selectOption({ label: '通知公告' })
  await button(clerk, '建立草稿').click()
  await expect(clerk).toHaveURL(/\/workbench\/articles\/[a-z0-9]{15}$/)
})

test('the clerk enters what came by registered post, and prints the receipt', async ({ page }) => {
  await signIn(page, 'clerk1', '/workbench/requests')
  await button(page, '登记申请').click()
  await page.getByRole('radio', { name: '挂号信、快递' }).check()
  await expect(page.getByText('以学校签收的当天为收到日')).toBeVisible()
  await page.getByLabel('姓名', { exact: true }).fill('李四')
  await page.getByLabel('所需信息').fill('2025 学年课后服务收费标准')
  await page.getByRole('checkbox', { name: '邮寄' }).check()
  await page.getByRole('main').getByRole('button', { name: '登记申请' }).click()
  await expect(page.getByRole('alert')).toContainText('邮件号码')
  await page.getByRole('alert').getByRole('link', { name: /签收人/ }).click()
  await page.keyboard.type('门卫王师傅')
  await page.getByLabel('邮件号码').fill('XA12345678932')
  await page.getByRole('main').getByRole('button', { name: '登记申请' }).click()
  await expect(page.getByText('查询码只在这里显示一次')).toBeVisible()
  await expect(page.getByText(/^SQ\d{4}-\d{5}$/)).toBeVisible()
  await button(page, '打开这件申请').click()
  await expect(page.getByText('已登记', { exact: true }).first()).toBeVisible()
})

test('who lost the number is found by the whole of their telephone number', async ({ page }) => {
  const subject = `体检安排 ${Date.now()}`
  await enter(page, subject, { phone: '13912345670' })
  await signIn(page, 'clerk1', '/workbench/requests')
  await button(page, '按联系方式查找').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('电话、邮箱或者证件号码').fill('1391234567')
  await dialog.getByRole('button', { name: '查找', exact: true }).click()
  await expect(dialog.getByText('没有找到').or(dialog.getByRole('alert')).or(dialog.locator('.field-error')).first()).toBeVisible()
  await dialog.getByLabel('电话、邮箱或者证件号码').fill('139 1234 5670')
  await dialog.getByRole('button', { name: '查找', exact: true }).click()
  await expect(dialog.getByRole('link', { name: subject })).toBeVisible()
  await isAccessible(page)
})

test('the bureau sees every school, reads, and urges what is late; it changes nothing', async ({ page }) => {
  const subject = `校车线路安排 ${Date.now()}`
  const id = await enter(page, subject, { arrived: day(60) })
  await signIn(page, 'supervisor', '/workbench/requests')
  await page.getByLabel('编号或申请内容').fill(subject)
  await button(page, '查找').click()
  const row = page.getByRole('row', { name: new RegExp(subject) })
  await expect(row).toContainText(/预警|逾期|到期/) // in words, not by colour alone
  await row.getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(id))
  await expect(page.getByRole('heading', { name: '写答复书' })).toBeHidden()
  await button(page, '督办').click()
  await page.getByLabel('督办的要求').fill('请于三日内答复')
  await panel(page, '现在可以办理').locator('form').getByRole('button', { name: '督办' }).click()
  await expect(panel(page, '文书')).toContainText('督办单')
})

test('list, form and case are accessible and fit a phone', async ({ page }) => {
  test.setTimeout(300_000)
  const { id: signing } = await submitted(page, '校园安全检查记录')
  const writing = await enter(page, '课后服务人员名单', { arrived: day(8) })
  await step(page, 'clerk1', writing, 'assign', { party: '教导处' })
  await draft(page, writing, { outcome: '2', content: '课后服务人员名单', withheld: ['3.4'] })
  await signIn(page, 'clerk1')
  for (const size of sizes) {
    await page.setViewportSize(size)
    for (const path of ['', '?view=all', '/new', `/${writing}`, `/${signing}`]) {
      await page.goto(`/workbench/requests${path}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.waitForLoadState('networkidle')
      await page.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)))
      await isAccessible(page)
    }
  }
})

test('a case is worked on with the keyboard alone', async ({ page }) => {
  const id = await enter(page, '校服选用方案')
  await signIn(page, 'clerk1', address(id))
  await button(page, '转交承办').focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('承办部门').focus()
  await page.keyboard.type('德育处')
  await page.keyboard.press('Enter')
  await expect(page.getByText('已转交承办。')).toBeVisible()
  await expect(page.locator('.success')).toBeFocused()
  await expect(page.getByText('承办：德育处')).toBeVisible()
})

// a picture of one grey point
const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
