import { expect, test } from './fixtures'
import { isAccessible, patient, signIn, sizes } from './workbench'

test('the bureau sees which links lead nowhere and checks a school at once; the school goes to the article', async ({ page, another }) => {
  await signIn(page, 'supervisor', '/workbench/supervision/probes')
  const links = page.getByRole('table', { name: '链接' })
  await patient(links.getByRole('row', { name: /内网或本机地址/ })).toContainText('10.110.33.3')
  await expect(links.getByRole('row', { name: /页面不存在/ })).toContainText('连续 2 次打不开')
  await expect(links.getByRole('row', { name: /全文只有一个微信链接/ })).toBeVisible()
  for (const size of sizes) {
    await page.setViewportSize(size)
    await isAccessible(page)
  }
  await page.getByRole('table', { name: '各校的检查结果' }).getByRole('link', { name: /不当链接 1 个/ }).first().click()
  await patient(page.getByText(/^只看/)).toBeVisible()
  await page.getByRole('button', { name: '立即检查这所学校' }).click()
  await patient(page.getByText(/：检查完成（.*开始/)).toBeVisible()
  await page.getByRole('link', { name: '访问情况' }).click()
  await patient(page.getByRole('table', { name: '每天的访问情况' })).toContainText('24')
  await isAccessible(page)

  const school = await signIn(await another({ viewport: sizes[0]! }), 'editor3', '/workbench/supervision/probes')
  await patient(school.getByText('更正或者删除这个链接')).toBeVisible()
  await expect(school.getByRole('button', { name: '立即检查' })).toHaveCount(0)
  await isAccessible(school)
  await school.getByRole('link', { name: '关于延用上学期社团活动安排的通知' }).click()
  await patient(school.getByRole('heading', { level: 1, name: '关于延用上学期社团活动安排的通知' })).toBeVisible()
})
