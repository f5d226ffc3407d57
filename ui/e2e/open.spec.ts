import { fits } from './axe'
import { expect, test } from './fixtures'

// The page about the open data has no script: what it says and what it leads to is
// there for everybody.
test('the open data is explained, and its examples answer', async ({ page, request }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/figures')
  await page.waitForSelector('html[data-ready]')
  await page.getByRole('link', { name: '公开数据' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '公开数据' })).toBeVisible()
  await expect(page.locator('script[type=module]')).toHaveCount(0)
  await page.locator('summary').filter({ hasText: '公开的文件' }).click()
  await expect(page.locator('#listFiles')).toContainText('SHA-256')
  await page.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)))
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 740 })
    await fits(page)
  }
  for (const link of await page.locator('.operation .address a').all()) {
    const path = new URL((await link.getAttribute('href'))!).pathname
    expect((await request.get(path)).status(), path).toBe(200)
  }
})
