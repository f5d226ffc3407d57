import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { fits, overflow } from './axe'
import { expect, test } from './fixtures'

interface Exported {
  id: string
  title: string
  school: { code: string; name: string }
  column: { code: string; name: string }
  attachments: { name: string; image: boolean }[]
}

// What somebody takes along opens from a folder, with nothing but a browser.
test('an export opens from a folder, without a server', async ({ page, site }, info) => {
  const out = info.outputPath('全区')
  const made = spawnSync(resolve(process.env.GONGKAI_BIN ?? '../gongkai'), ['export', '--district', '--folder', '--out', out, `--dir=${site.dir}`], { encoding: 'utf8' })
  expect(made.status, made.stderr).toBe(0)
  const articles = readFileSync(join(out, 'data', 'articles.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).article as Exported)
  const article = articles.filter(({ attachments }) => attachments.some(({ image }) => !image)).pop()! // the oldest: no other story made it
  const failed: string[] = []
  page.on('requestfailed', (request) => {
    if (request.resourceType() === 'xhr') return // axe asks for style sheets, in vain
    const why = request.failure()?.errorText
    const isLeft = why === 'net::ERR_ABORTED' && isThere(request.url()) // the next page was opened before all of this one was read
    if (!isLeft) failed.push(`${request.url()}: ${why}`)
  })

  await page.goto(pathToFileURL(join(out, 'index.html')).href)
  await expect(page.getByRole('complementary', { name: '只读副本' })).toContainText('离线副本，制作于')
  await fits(page)
  await page.getByRole('link', { name: '机构查询' }).first().click()
  await page.getByRole('link', { name: article.school.name, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(article.school.name)
  await fits(page)
  await page.locator(`a[href$="/${article.column.code.toLowerCase()}.html"]`).first().click()
  await page.locator(`a[href$="/${article.id}.html"]`).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(article.title)
  await fits(page)
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await overflow(page)).toBeLessThanOrEqual(0)

  const files = await page.locator('.attachments a.file').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))
  expect(files).not.toEqual([])
  for (const href of files) expect(isThere(href), href).toBe(true)
  await page.getByRole('link', { name: '全文检索' }).first().click()
  await expect(page.getByRole('main')).toContainText('离线副本里不能检索')
  await expect(page.getByRole('main').getByRole('link', { name: /\/search$/ })).toBeVisible()
  await fits(page)
  expect(failed).toEqual([])
})

/** isThere tells whether an address inside the folder leads to a file. */
const isThere = (address: string) => address.startsWith('file:') && existsSync(fileURLToPath(address.replace(/[?#].*$/, '')))
