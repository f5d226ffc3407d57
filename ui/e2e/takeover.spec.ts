import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { addresses } from './pages'

// The app takes over a page that stands already: the visitor must not notice.

test.describe.configure({ mode: 'parallel' }) // nothing here writes

for (const width of [360, 1280]) {
  test(`takes over every page as the server drew it, without a request and without a jump, at ${width} px`, async ({ page, request }) => {
    test.setTimeout(240_000)
    await page.addInitScript(observeShifts)
    await page.setViewportSize({ width, height: 740 })
    const fetched: string[] = []
    page.on('request', (asked) => ['fetch', 'xhr', 'eventsource'].includes(asked.resourceType()) && fetched.push(asked.url()))

    for (const [name, path] of Object.entries(await addresses(request))) {
      await test.step(`${name}: ${path}`, async () => {
        const release = await holdScripts(page)
        const answer = await page.goto(path, { waitUntil: 'commit' })
        await page.waitForSelector('#page-data', { state: 'attached' })
        await page.waitForFunction(() => document.styleSheets.length > 0)
        const before = await page.evaluate(boxes)
        await release()
        const after = await page.evaluate(boxes)
        expect.soft(after.map((box) => box.name), name).toEqual(before.map((box) => box.name))
        const moved = after.filter((box, i) => box.place.some((value, j) => Math.abs(value - (before[i]?.place[j] ?? 0)) >= 0.5))
        expect.soft(moved, name).toEqual([])
        expect.soft(await page.evaluate(written, null), `${name}: the same page`).toEqual(await page.evaluate(written, await answer!.text()))
        await page.evaluate(() => new Promise((done) => requestIdleCallback(done)))
        expect.soft(fetched, `${name}: no request for data`).toEqual([])
        expect.soft(await page.evaluate(() => (window as unknown as { shift: number }).shift), `${name}: no layout shift`).toBe(0)
      })
    }
    await page.waitForLoadState('networkidle')
    expect(fetched, 'no request for data, nor later').toEqual([])
  })
}

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

test('inside the app every page, its title and its addresses are those of the server', async ({ page, request }) => {
  test.setTimeout(120_000)
  await page.goto('/privacy')
  await page.waitForSelector('html[data-ready]')
  await page.evaluate(() => Object.assign(window, { loadedOnce: true }))
  for (const [name, path] of Object.entries(await addresses(request))) {
    if (name === 'notfound' || name === 'error') continue
    const served = await page.evaluate(written, await (await request.get(path)).text())
    await follow(page, path)
    await expect.configure({ soft: true }).poll(() => page.evaluate(written, null), { message: name, intervals: [20, 50, 100, 250] }).toEqual(served)
  }
  expect(await page.evaluate(() => 'loadedOnce' in window)).toBe(true)
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

// written is a page as it stands, or as an answer of the server would stand without
// scripts: its title, its addresses, and what is inside #app in one way of writing
// (no comments, no white space between tags, attributes sorted, addresses decoded,
// focus marks left out).
function written(html: string | null): Record<string, string | null | undefined> {
  const page = html === null ? document : new DOMParser().parseFromString(html, 'text/html')
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
  return {
    title: page.title,
    canonical: page.querySelector('link[rel=canonical]')?.getAttribute('href'),
    address: page.getElementById('page-address')?.textContent,
    content: write(page.getElementById('app')!),
  }
}
