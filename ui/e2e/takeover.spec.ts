import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { addresses } from './pages'

// The app takes over a page that stands already: the visitor must not notice.

test('draws every page as the server did, without a request and without a jump', async ({ page, browser, baseURL, request }) => {
  test.setTimeout(240_000)
  await page.addInitScript(observeShifts)
  await page.setViewportSize({ width: 360, height: 740 })
  const plain = await browser.newPage({ javaScriptEnabled: false, baseURL, viewport: { width: 360, height: 740 }, locale: 'zh-CN' })
  const fetched: string[] = []
  page.on('request', (asked) => ['fetch', 'xhr', 'eventsource'].includes(asked.resourceType()) && fetched.push(asked.url()))

  for (const [name, path] of Object.entries(await addresses(request))) {
    await test.step(`${name}: ${path}`, async () => {
      fetched.length = 0
      await plain.goto(path)
      await page.goto(path)
      await page.waitForSelector('html[data-ready]')
      expect.soft(await page.evaluate(normalised), `${name}: the same DOM`).toBe(await plain.evaluate(normalised))
      expect.soft(await page.title(), `${name}: the same title`).toBe(await plain.title())
      await page.waitForLoadState('networkidle')
      expect.soft(fetched, `${name}: no request for data`).toEqual([])
      expect.soft(await page.evaluate(() => (window as unknown as { shift: number }).shift), `${name}: no layout shift`).toBe(0)
    })
  }
  await plain.close()
})

test('leaves every element where it was when the scripts arrive late', async ({ page, request }) => {
  test.setTimeout(240_000)
  for (const [name, path] of Object.entries(await addresses(request))) {
    await test.step(`${name}: ${path}`, async () => {
      const release = await holdScripts(page)
      await page.goto(path, { waitUntil: 'commit' })
      await page.waitForSelector('#page-data', { state: 'attached' })
      await page.waitForFunction(() => document.styleSheets.length > 0)
      const before = await page.evaluate(boxes)
      await release()
      await page.waitForSelector('html[data-ready]')
      const after = await page.evaluate(boxes)
      expect.soft(after.map((box) => box.name), name).toEqual(before.map((box) => box.name))
      const moved = after.filter((box, i) => box.place.some((value, j) => Math.abs(value - (before[i]?.place[j] ?? 0)) >= 0.5))
      expect.soft(moved, name).toEqual([])
    })
  }
})

test('keeps what was typed, opened and focused before the scripts arrived', async ({ page }) => {
  const release = await holdScripts(page)
  await page.goto('/', { waitUntil: 'commit' })
  await page.locator('summary').first().click()
  await page.getByLabel('公开信息中的词语').fill('招生')
  await release()
  await page.waitForSelector('html[data-ready]')
  await expect(page.getByLabel('公开信息中的词语')).toHaveValue('招生')
  await expect(page.getByLabel('公开信息中的词语')).toBeFocused()
  await expect(page.locator('details').first()).toHaveAttribute('open', '')
})

test('titles and addresses inside the app are those of the server', async ({ page, request }) => {
  test.setTimeout(120_000)
  const heads = () => page.evaluate(() => [document.title, document.querySelector('link[rel=canonical]')?.getAttribute('href'), document.getElementById('page-address')?.textContent])
  for (const [name, path] of Object.entries(await addresses(request))) {
    if (name === 'notfound' || name === 'error') continue
    await page.goto(path)
    const served = await heads()
    const drawn = await page.evaluate(normalised)
    await page.goto(path === '/privacy' ? '/sitemap' : '/privacy')
    await page.waitForSelector('html[data-ready]')
    await follow(page, path)
    await expect.poll(heads, name).toEqual(served)
    expect.soft(await page.evaluate(normalised), `${name}: the same page`).toBe(drawn)
  }
})

// follow clicks a link to path that the page is given for it.
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((href) => {
    const link = document.createElement('a')
    link.href = href
    document.querySelector('footer')!.append(link)
    link.click()
    link.remove()
  }, path)
}

async function holdScripts(page: Page): Promise<() => Promise<void>> {
  let open: () => void = () => {}
  const opened = new Promise<void>((done) => (open = done))
  await page.route('**/assets/*.js', async (route) => {
    await opened
    await route.continue()
  })
  return async () => {
    open()
    await page.waitForSelector('html[data-ready]')
    await page.unroute('**/assets/*.js')
  }
}

function observeShifts(): void {
  const own = window as unknown as { shift: number }
  own.shift = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) own.shift += (entry as unknown as { value: number }).value
  }).observe({ type: 'layout-shift', buffered: true })
}

function boxes(): { name: string; place: number[] }[] {
  return Array.from(document.querySelectorAll('#app *, footer'), (element) => {
    const { x, y, width, height } = element.getBoundingClientRect()
    return { name: `${element.tagName} ${element.className}`, place: [x, y, width, height] }
  })
}

// normalised writes what is inside #app in one way: no comments, no white space
// between tags, attributes sorted, addresses decoded, focus marks left out.
function normalised(): string {
  const write = (node: Node): string => {
    let out = ''
    let text = ''
    const flush = () => {
      out += text.replace(/\s+/g, ' ').trim()
      text = ''
    }
    node.childNodes.forEach((child) => {
      if (child instanceof Text) text += child.data
      if (!(child instanceof Element)) return
      flush()
      const names = child.getAttributeNames().filter((name) => !(name === 'tabindex' && child.tagName === 'H1'))
      const attributes = names.sort().map((name) => ` ${name}="${decodeURI(child.getAttribute(name)!.replace(/%(?![0-9a-f]{2})/gi, '%25'))}"`)
      out += `\n<${child.tagName.toLowerCase()}${attributes.join('')}>${write(child)}</>`
    })
    flush()
    return out
  }
  return write(document.getElementById('app')!)
}
