import { expect, test } from './fixtures'
import { isAccessible, patient, signIn, sizes } from './workbench'

test('a school names who answers the telephone of supervision: proposed, confirmed, on the guide', async ({ page, another, baseURL, request }) => {
  await page.setViewportSize(sizes[0]!)
  await signIn(page, 'clerk3', '/workbench/inbox')
  await patient(page.getByRole('link', { name: '指南上还缺责任人：监督电话联系人' })).toBeVisible()
  await page.getByRole('link', { name: '指南上还缺责任人：监督电话联系人' }).click()
  const role = page.getByRole('region', { name: '监督电话联系人' })
  await patient(role).toContainText('还没有公布责任人')
  await role.getByRole('button', { name: /^提交责任人/ }).click()
  await expect(role.getByLabel('姓名')).toBeFocused()
  await role.getByLabel('姓名').fill('龚小同')
  await role.getByLabel('职务').fill('工会主席')
  await role.getByLabel('办公电话').fill('138 0013 8000')
  await role.getByRole('button', { name: '提交确认' }).click()
  await expect(page.getByRole('alert')).toContainText('不能公布个人手机号')
  await isAccessible(page)
  await role.getByLabel('办公电话').fill('021-00000000-806')
  await role.getByRole('button', { name: '提交确认' }).click()
  await expect(role).toContainText('等待确认，还没有公布')
  const guide = new URL(await page.getByRole('link', { name: '信息公开指南', exact: true }).getAttribute('href') ?? '', baseURL).href
  expect(await (await request.get(guide)).text()).not.toContain('龚小同')

  const principal = await signIn(await another(), 'principal3', '/workbench/inbox')
  await principal.getByRole('link', { name: '监督电话联系人：龚小同' }).click()
  await patient(principal.getByRole('button', { name: /^不同意/ })).toBeVisible()
  await principal.getByRole('button', { name: /^确认公布/ }).click()
  await expect(principal.getByRole('region', { name: '监督电话联系人' })).toContainText('已公布')
  await isAccessible(principal)

  const visitor = await another({ javaScriptEnabled: false, viewport: sizes[0]! })
  await visitor.goto(guide)
  await expect(visitor.getByRole('region', { name: '信息公开工作责任制' })).toContainText('龚小同（工会主席），电话 021-00000000-806')

  await signIn(page, 'supervisor', '/workbench/supervision/responsibility')
  await patient(page.getByRole('table', { name: '各校责任人' })).toContainText('齐全')
  await isAccessible(page)
  await page.getByRole('navigation', { name: '考核监督' }).getByRole('link', { name: '沉默预警' }).click()
  const silent = page.getByRole('row', { name: /没有人登录/ })
  await patient(silent).toContainText('请联系学校')
  await silent.getByRole('button', { name: /^已联系/ }).click()
  await page.getByRole('dialog').getByLabel('联系记录').fill('已与校长通电话')
  await isAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await expect(silent).toContainText('已与校长通电话')
  for (const size of sizes) {
    await page.setViewportSize(size)
    await isAccessible(page)
  }
})
