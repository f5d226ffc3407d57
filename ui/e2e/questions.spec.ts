import { fits } from './axe'
import { expect, test } from './fixtures'

// The demonstration answers questions at its first school; see demo_questions.go.

test('a parent finds a question by search, and says that it helped', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/')
  await page.getByLabel('公开信息中的词语').fill('转学')
  await page.getByRole('button', { name: '查信息' }).click()
  const first = page.locator('.hit').first()
  await expect(first).toContainText('便民问答')
  await expect(first.locator('.snippet')).toContainText('答：')
  await page.locator('.hit').filter({ hasText: '孩子转学需要带哪些材料' }).getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('孩子转学需要带哪些材料？')
  await expect(page.locator('#article-answers')).toContainText('五个工作日内办结')
  await expect(page.locator('#article-answers')).toContainText('最近核对')
  await expect(page.getByText('23 人觉得有帮助')).toBeVisible()

  const feedback = page.getByRole('group', { name: '这条回答有帮助吗？' })
  await feedback.getByRole('button', { name: '有', exact: true }).click()
  await expect(feedback.getByRole('status')).toContainText('谢谢您告诉我们')
  await feedback.getByRole('button', { name: '我也有这个问题' }).click()
  await expect(feedback.getByRole('status')).toContainText('已经记下')
  await fits(page)
  await page.reload()
  await expect(page.getByText('24 人觉得有帮助')).toBeVisible()

  // the column answers in place
  await page.getByRole('link', { name: '便民问答' }).first().click()
  await page.getByRole('link', { name: /^收费/ }).click()
  const fees = page.getByRole('region', { name: '收费' }).locator('details').filter({ hasText: '课后服务费什么时候交' })
  await fees.locator('summary').click()
  await expect(fees).toContainText('中途退出的按实际天数退还')
  await fits(page)
  await page.getByLabel('用几个字查找').fill('休学')
  await page.getByRole('button', { name: '查问题' }).click()
  await expect(page.locator('.hit')).toHaveCount(1)
  await expect(page).toHaveURL(/column=B0301/)
})
