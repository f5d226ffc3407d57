import type { Page } from '@playwright/test'
import { faults, overflow, wcag22AA } from './axe'
import { expect, test } from './fixtures'
import { addresses } from './pages'

test.describe.configure({ mode: 'parallel' }) // nothing here writes

// These differ from another page of their kind by words only: once is enough.
const inWordsOnly = /, (filtered|none|nothing found|too short|page 2|district|closed|merged|planned)$/

// One walk through the pages for each size of letters: a page is loaded once, on a
// phone, and then made wider, which costs less than to load it for each look.
for (const { elder, least } of [
  { elder: false, least: 44 },
  { elder: true, least: 48 },
]) {
  test(`every page keeps WCAG 2.2 AA, has targets of ${least} px and scrolls one way${elder ? ', in elder mode' : ''}`, async ({ page, request }) => {
    test.setTimeout(300_000)
    if (elder) await inElderMode(page)
    for (const [name, path] of Object.entries(await addresses(request))) {
      await test.step(name, async () => {
        await page.setViewportSize({ width: 360, height: 800 })
        await page.goto(path)
        await page.waitForSelector('html[data-ready]')
        expect.soft(await page.evaluate(smallTargets, least), `${name}: lower than ${least} px`).toEqual([])
        await page.setViewportSize({ width: 640, height: 400 }) // 1280 × 800 at 200 %
        expect.soft(await overflow(page), `${name}: no sideways scrolling at 200 %`).toBe(0)
        await expect.soft(page.getByRole('heading', { level: 1 }), name).toBeVisible()
        await page.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)))
        const widths = !inWordsOnly.test(name) ? [360, 1280] : elder ? [] : [360]
        for (const width of widths) {
          await page.setViewportSize({ width, height: 800 })
          expect.soft(await faults(page, wcag22AA), `${name}, ${width} px`).toEqual([])
          expect.soft(await overflow(page), `${name}: no sideways scrolling at ${width} px`).toBe(0)
        }
      })
    }
  })
}

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
