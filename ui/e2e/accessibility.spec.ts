import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures'
import { addresses } from './pages'

test.describe.configure({ mode: 'parallel' }) // nothing here writes

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

// These differ from another page of their kind by words only: once is enough.
const inWordsOnly = /, (filtered|none|nothing found|too short|page 2|district|closed|merged|planned)$/

for (const elder of [false, true]) {
  for (const width of [360, 1280]) {
    test(`no page has a violation of WCAG 2.2 AA: ${width} px${elder ? ', elder mode' : ''}`, async ({ page, request }) => {
      test.setTimeout(300_000)
      await page.setViewportSize({ width, height: 800 })
      if (elder) await inElderMode(page)
      for (const [name, path] of Object.entries(await addresses(request))) {
        if (inWordsOnly.test(name) && (elder || width > 360)) continue
        await test.step(name, async () => {
          await page.goto(path)
          await page.waitForSelector('html[data-ready]')
          await page.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)))
          const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
          const told = violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(' ')).join(' | ')}`)
          expect.soft(told, name).toEqual([])
          expect.soft(await overflow(page), `${name}: no sideways scrolling`).toBe(0)
        })
      }
    })
  }
}

test('nothing to press is smaller than 44 px, 48 px in elder mode', async ({ page, request }) => {
  test.setTimeout(240_000)
  const found = await addresses(request)
  await page.setViewportSize({ width: 360, height: 800 })
  for (const [least, prepare] of [
    [44, async () => {}],
    [48, () => inElderMode(page)],
  ] as const) {
    await prepare()
    for (const [name, path] of Object.entries(found)) {
      await page.goto(path)
      await page.waitForSelector('html[data-ready]')
      expect.soft(await page.evaluate(smallTargets, least), `${name}, ${least} px`).toEqual([])
    }
  }
})

test('the page reads at 200 % zoom', async ({ browser, baseURL, request }) => {
  test.setTimeout(120_000)
  const context = await browser.newContext({ baseURL, viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 })
  const page = await context.newPage()
  for (const [name, path] of Object.entries(await addresses(request))) {
    await page.goto(path)
    expect.soft(await overflow(page), name).toBe(0)
    await expect.soft(page.getByRole('heading', { level: 1 }), name).toBeVisible()
  }
  await context.close()
})

test('the first stop of the keyboard leads past the navigation', async ({ page }) => {
  await page.goto('/schools')
  await page.waitForSelector('html[data-ready]')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: '跳到正文' })).toBeFocused()
  await expect(page.getByRole('link', { name: '跳到正文' })).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.locator('#main')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('校名或拼音首字母')).toBeFocused()
})

test('elder mode enlarges the text, stays on the device and does not flash', async ({ page }) => {
  await page.goto('/')
  await page.waitForSelector('html[data-ready]')
  const button = page.getByRole('button', { name: '长辈模式' })
  await expect(button).toHaveAttribute('aria-pressed', 'false')
  await button.click()
  await expect(button).toHaveAttribute('aria-pressed', 'true')
  expect(await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('.row-title')!).fontSize))).toBeGreaterThanOrEqual(24)
  await page.route('**/assets/*.js', (route) => route.abort()) // no app: elder.js alone
  await page.goto('/schools')
  await expect(page.locator('html')).toHaveAttribute('data-elder', '')
  await page.unroute('**/assets/*.js')
  await page.reload()
  await page.waitForSelector('html[data-ready]')
  await button.click()
  await expect(page.locator('html')).not.toHaveAttribute('data-elder', '')
})

test('an article can be read aloud sentence by sentence, paused and stopped', async ({ page, request }) => {
  await page.addInitScript(fakeSpeech)
  await page.goto((await addresses(request))['article, text']!)
  await page.waitForSelector('html[data-ready]')
  await page.getByRole('button', { name: '朗读', exact: true }).click()
  await page.getByRole('button', { name: '暂停朗读' }).click()
  await page.getByRole('button', { name: '继续朗读' }).click()
  await page.getByRole('button', { name: '停止' }).click()
  await expect(page.getByRole('button', { name: '朗读', exact: true })).toBeVisible()
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said)
  expect(said[0]).toContain((await page.locator('h1').innerText()).slice(0, 5))
  expect(said[1]).toBe(said[0]) // it went on from the sentence it was in
})

test('reading aloud is not offered where the device cannot', async ({ page, request }) => {
  await page.addInitScript(() => {
    delete (window as unknown as Record<string, unknown>).speechSynthesis
    Object.defineProperty(Window.prototype, 'speechSynthesis', { value: undefined, configurable: true })
    delete (Window.prototype as unknown as Record<string, unknown>).speechSynthesis
  })
  await page.goto((await addresses(request))['article, text']!)
  await page.waitForSelector('html[data-ready]')
  await expect(page.getByRole('button', { name: '打印' })).toBeVisible()
  await expect(page.getByRole('button', { name: '朗读' })).toBeHidden()
})

async function inElderMode(page: Page): Promise<void> {
  await page.addInitScript(() => localStorage.setItem('gongkai.elder', '1'))
}

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

// smallTargets lists what is lower than it should be. A link in running text is
// as high as its line (WCAG 2.5.8, inline).
function smallTargets(least: number): string[] {
  const inText = '.article-body, .notice, .empty li, .over, td, .footer-facts'
  return Array.from(document.querySelectorAll<HTMLElement>('a, button, input:not([type=hidden]), select, summary'))
    .filter((target) => target.offsetParent !== null && !target.closest(inText) && !target.matches('.skip'))
    .filter((target) => target.getBoundingClientRect().height < least - 0.5)
    .map((target) => `${target.tagName} ${target.className} ${target.textContent?.trim().slice(0, 20)}: ${Math.round(target.getBoundingClientRect().height)}`)
}

function fakeSpeech(): void {
  const said: string[] = []
  Object.assign(window, { said })
  const fake = {
    speak(piece: SpeechSynthesisUtterance) {
      said.push(piece.text)
      piece.onstart?.(new Event('start') as SpeechSynthesisEvent)
    },
    cancel() {},
    getVoices: () => [],
  }
  Object.defineProperty(window, 'speechSynthesis', { value: fake, configurable: true })
}
