import type { Locator, Page } from '@playwright/test'
import { fits, wcag22AA } from './axe'
import { expect } from './fixtures'

// A card that nobody has: its number has the right check digit.
export const idNumber = '11010519491231002X'

// card is a picture of so many pixels, as a phone would take it: it does not
// compress, so that its size in bytes is known to be large.
export async function card(page: Page, width: number, height: number): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const data = await page.evaluate(
    ([w, h]) => {
      const canvas = document.createElement('canvas')
      canvas.width = w!
      canvas.height = h!
      const paint = canvas.getContext('2d')!
      const pixels = paint.createImageData(w!, h!)
      for (let i = 0; i < pixels.data.length; i++) pixels.data[i] = i % 4 === 3 ? 255 : Math.random() * 256
      paint.putImageData(pixels, 0, 0)
      return canvas.toDataURL('image/jpeg', 0.9)
    },
    [width, height],
  )
  return { name: '身份证.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(data.split(',')[1]!, 'base64') }
}

// beginForm opens the form of a school's page.
export async function beginForm(page: Page, school: string): Promise<void> {
  await page.goto(`/s/${school}/apply`)
  await page.waitForSelector('html[data-ready]')
  await page.getByRole('button', { name: /填写申请表/ }).click()
  await expect(page.getByRole('heading', { name: '信息公开申请表' })).toBeFocused()
}

// fillForm fills in what a parent would.
export async function fillForm(page: Page, subject: string): Promise<void> {
  await page.getByLabel('需要的信息').fill(subject)
  await page.getByLabel('电子文件').check()
  await page.getByLabel('到学校领取、阅读或者抄录').check()
  await page.getByLabel('姓名', { exact: true }).fill('王小明')
  await page.getByLabel('证件号码', { exact: true }).fill(idNumber)
  await page.locator('#a-proofs').setInputFiles(await card(page, 60, 40))
  await page.getByLabel('联系电话').fill(`139${String(Math.random()).slice(2, 10)}`) // a contact files a few times a day only
  await page.getByLabel('通信地址').fill('示范区晨光路 1 号')
  await page.getByLabel(/填报的内容属实/).check()
}

// fileOne goes the whole way to the receipt, and gives what stands on it.
export async function fileOne(page: Page, school: string, subject: string): Promise<{ number: string; code: string }> {
  await beginForm(page, school)
  await fillForm(page, subject)
  await page.getByRole('button', { name: '提交申请' }).click()
  return receiptOf(page)
}

export async function receiptOf(page: Page): Promise<{ number: string; code: string }> {
  await expect(page.getByRole('heading', { name: '申请已提交' })).toBeFocused({ timeout: 30_000 })
  const values: Locator = page.locator('.receipt-codes dd')
  return { number: await values.nth(0).innerText(), code: await values.nth(1).innerText() }
}

// isFit holds a page to WCAG 2.2 AA, and to the width of the screen.
export async function isFit(page: Page): Promise<void> {
  for (const frame of await page.locator('iframe').all()) {
    await expect(frame).toHaveAttribute('title', /./)
    await frame.evaluate((letter) => letter.remove()) // it runs no scripts: axe would wait for it for ever
  }
  await fits(page, wcag22AA)
}
