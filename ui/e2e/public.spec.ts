import { expect, test } from './fixtures'
import { addresses } from './pages'
import type { ArticlePage, SchoolList } from '../src/shared/api/open'

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a parent finds a school by the initials of its name and reads a disclosure', async ({ page, request }) => {
    const { items } = (await (await request.get('/open/v1/schools')).json()) as SchoolList
    const school = items.find((item) => item.status === 'open')!
    await page.goto('/')
    await page.getByLabel('校名或拼音首字母').fill(school.initials)
    await page.getByRole('button', { name: '查学校' }).click()
    await expect(page).toHaveURL(/\/schools\?q=/)
    await page.getByRole('link', { name: school.name }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(school.name)
    await page.locator('.row-title').first().click()
    await expect(page.locator('.article .meta')).toContainText('索引号')
    await expect(page.getByRole('button', { name: '打印' })).toBeHidden() // it could do nothing
  })

  test('the text of an article stands in the document once', async ({ page, request }) => {
    const path = (await addresses(request))['article, text']!
    const { article } = (await (await request.get(path.replace('/a/', '/open/v1/articles/'))).json()) as ArticlePage
    const words = article.body_html.replace(/<[^>]*>/g, '\n').split('\n').sort((a, b) => b.length - a.length)[0]!.slice(0, 30)
    await page.goto(path)
    await expect(page.locator('#article-body')).toContainText(words)
    expect((await page.content()).split(words).length - 1).toBe(1)
  })

  test('the filters of the institution lookup are a plain form', async ({ page }) => {
    await page.goto('/schools')
    await page.getByLabel('办学性质').selectOption({ index: 1 })
    await page.getByRole('button', { name: '查询' }).click()
    await expect(page).toHaveURL(/ownership=./)
    await expect(page.getByLabel('办学性质')).not.toHaveValue('')
  })
})

test('following a link inside the app says where one is and puts the keyboard there', async ({ page }) => {
  await page.goto('/')
  await page.waitForSelector('html[data-ready]')
  const documents: string[] = []
  page.on('request', (asked) => asked.isNavigationRequest() && documents.push(asked.url()))
  await page.locator('.site-nav').getByRole('link', { name: '机构查询' }).click()
  await expect(page).toHaveURL(/\/schools$/)
  await expect(page).toHaveTitle(/^机构查询 - /)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(page.locator('#announcer')).toHaveText(/机构查询/)
  await expect(page.locator('.site-nav [aria-current=page]')).toHaveText('机构查询')
  await page.locator('.card h2 a').first().click()
  await expect(page.locator('.school-head h1')).toBeFocused()
  expect(documents).toEqual([])
})

test('going back restores the page and the place in it', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 600 })
  await page.goto('/schools')
  await page.waitForSelector('html[data-ready]')
  const last = page.locator('.card h2 a').last()
  await last.scrollIntoViewIfNeeded()
  const place = await page.evaluate(() => window.scrollY)
  expect(place).toBeGreaterThan(100)
  await last.click()
  await expect(page.locator('.school-head')).toBeVisible()
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0)
  await page.goBack()
  await expect(page.locator('.card').first()).toBeVisible()
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(place)
})

test('a school is found by initials and by words inside the app', async ({ page, request }) => {
  const { items } = (await (await request.get('/open/v1/schools')).json()) as SchoolList
  const school = items[0]!
  await page.goto('/schools')
  await page.waitForSelector('html[data-ready]')
  for (const words of [school.initials, school.name.slice(-4), school.short_name]) {
    await page.getByLabel('校名或拼音首字母').fill(words)
    await page.getByRole('button', { name: '查询' }).click()
    await expect(page).toHaveURL(`/schools?q=${encodeURIComponent(words)}`)
    await expect(page.getByRole('link', { name: school.name, exact: true })).toBeVisible()
    await expect(page.getByLabel('校名或拼音首字母')).toHaveValue(words)
  }
})

test('search marks the words it found', async ({ page }) => {
  await page.goto('/search')
  await page.waitForSelector('html[data-ready]')
  await page.getByLabel('检索词').last().fill('学校')
  await page.getByRole('button', { name: '检索' }).last().click()
  await expect(page.locator('.result-count')).toContainText(/找到 [1-9]\d* 条/)
  await expect(page.locator('.hit mark').first()).toHaveText('学校')
  await page.locator('.hit h2 a').first().click()
  await expect(page.locator('.article h1')).toBeFocused()
})

test('a search that finds nothing says what to do', async ({ page }) => {
  await page.goto(`/search?q=${encodeURIComponent('不存在的词语')}&from=2020-01-01`)
  await expect(page.getByText('没有找到符合条件的信息')).toBeVisible()
  await expect(page.locator('.empty').getByRole('link', { name: '机构查询' })).toBeVisible()
  await expect(page.getByText('更多条件')).toBeVisible()
  await expect(page.getByLabel('公开日期从')).toHaveValue('2020-01-01') // the filter in use is open
})

test('what does not exist is a 404 with a way on, from outside and inside', async ({ page }) => {
  const answer = await page.goto('/a/nothinghere')
  expect(answer?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('页面没有找到')
  await expect(page.getByLabel('公开信息中的词语')).toBeVisible()
  await page.goto('/')
  await page.waitForSelector('html[data-ready]')
  await page.evaluate(() => {
    document.querySelector<HTMLAnchorElement>('.row-title')!.href = '/a/nothinghere'
  })
  await page.locator('.row-title').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('页面没有找到')
  await expect(page).toHaveURL(/\/a\/nothinghere$/)
})

test('a lost connection can be tried again, and twice lost, loaded anew', async ({ page }) => {
  await page.goto('/')
  await page.waitForSelector('html[data-ready]')
  await page.route('**/open/v1/**', (route) => route.abort())
  await page.locator('.site-nav').getByRole('link', { name: '机构查询' }).click()
  await expect(page.getByText('网络没有连通')).toBeVisible()
  await expect(page.getByRole('button', { name: '重新载入整个页面' })).toBeHidden()
  await page.getByRole('button', { name: '重试' }).click()
  await expect(page.getByRole('button', { name: '重新载入整个页面' })).toBeVisible()
  await page.unroute('**/open/v1/**')
  await page.getByRole('button', { name: '重试' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('机构查询')
})

test('a slow answer keeps the old page and shows a bar', async ({ page }) => {
  await page.goto('/')
  await page.waitForSelector('html[data-ready]')
  let answer: () => void = () => {}
  const answered = new Promise<void>((done) => (answer = done))
  await page.route('**/open/v1/schools', async (route) => {
    await answered
    await route.continue()
  })
  await page.locator('.site-nav').getByRole('link', { name: '机构查询' }).click()
  await expect(page.locator('main[aria-busy=true]')).toBeVisible()
  await expect(page.locator('.progress')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('查学校，查公开信息')
  answer()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('机构查询')
  await expect(page.locator('.progress')).toHaveCount(0)
})

test('feeds, open data and the workbench are left to the browser', async ({ page }) => {
  await page.goto('/')
  await page.waitForSelector('html[data-ready]')
  const asked = page.waitForRequest((request) => request.isNavigationRequest() && request.url().endsWith('/workbench'))
  await page.getByRole('link', { name: '工作台' }).click()
  await asked
})

test('a page whose code cannot be loaded stays as the server drew it', async ({ page }) => {
  let loads = 0
  page.on('request', (asked) => asked.isNavigationRequest() && loads++)
  await page.route('**/assets/HomePage-*.js', (route) => route.abort())
  await page.goto('/')
  await page.waitForLoadState('networkidle')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('查学校，查公开信息')
  await page.locator('.site-nav').getByRole('link', { name: '机构查询' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('机构查询')
  expect(loads).toBe(2)
})
