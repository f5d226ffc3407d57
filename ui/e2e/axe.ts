import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'

/** The rules of WCAG 2.2 AA. Where no rules are named, axe's own good practices are asked for too. */
export const wcag22AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

// axe is given to a page once, and asked for faults only: to list all that is in
// order costs as much again. A page without frames needs no second, blank page
// beside it, in which axe puts together what it found in each frame.
const axeSource = `if (!window.axe) { ${readFileSync('node_modules/axe-core/axe.min.js', 'utf8')} }; undefined`

/** faults is what axe finds on a page, one line a rule. */
export async function faults(page: Page, tags?: string[]): Promise<string[]> {
  const builder = new AxeBuilder({ page, axeSource }).options({ resultTypes: ['violations'] }).setLegacyMode(page.frames().length === 1)
  const { violations } = await (tags ? builder.withTags(tags) : builder).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('\n')}`)
}

/** overflow is by how many pixels a page is wider than the window. */
export const overflow = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/**
 * fits holds a page that has come to rest to axe's rules and to the width of its window:
 * what it still draws may be at fault for a moment, what stays is told. Looks are counted,
 * not seconds: one look may take long on a busy machine.
 */
export async function fits(page: Page, tags?: string[]): Promise<void> {
  let found = await faultsAndWidth(page, tags)
  for (let again = 0; found.length > 0 && again < 3; again++) {
    await page.waitForTimeout(500)
    found = await faultsAndWidth(page, tags)
  }
  expect(found).toEqual([])
}

async function faultsAndWidth(page: Page, tags?: string[]): Promise<string[]> {
  const found = await faults(page, tags)
  const beyond = await overflow(page)
  return beyond > 0 ? [...found, `the page scrolls sideways by ${beyond} pixels`] : found
}
