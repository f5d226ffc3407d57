import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test as base } from '@playwright/test'
import type { BrowserContext, BrowserContextOptions, Page } from '@playwright/test'

// The real binary with demonstration data, once per run: GONGKAI_BIN, or the
// one that `go build` leaves beside ui/. GONGKAI_URL tests a running server.
interface Site {
  url: string
  dir: string // its data folder; empty for a server that somebody else runs
}

interface Stage {
  baseURL: string
  /** another opens a page in somebody else's browser, which is closed when the test ends: an open page goes on asking the server. */
  another: (options?: BrowserContextOptions) => Promise<Page>
}

export const test = base.extend<Stage, { site: Site }>({
  site: [
    async ({}, use) => {
      if (process.env.GONGKAI_URL) return use({ url: process.env.GONGKAI_URL, dir: '' })
      const binary = resolve(process.env.GONGKAI_BIN ?? '../gongkai')
      const dir = mkdtempSync(join(tmpdir(), 'gongkai-e2e-'))
      const made = spawnSync(binary, ['demo', '--schools', '6', '--articles', '20', '--seed', '7', `--dir=${dir}`], { encoding: 'utf8' })
      if (made.status !== 0) throw new Error(`gongkai demo: ${made.error?.message ?? made.stdout + made.stderr}`)
      const address = `127.0.0.1:${await freePort()}`
      const server = spawn(binary, ['serve', `--http=${address}`, `--dir=${dir}`], { stdio: ['ignore', 'pipe', 'pipe'] })
      let log = ''
      server.stdout.on('data', (text) => (log += text))
      server.stderr.on('data', (text) => (log += text))
      try {
        await untilHealthy(`http://${address}/healthz`, () => server.exitCode !== null).catch((error) => {
          throw new Error(`gongkai serve: ${error.message}\n${log}`)
        })
        await use({ url: `http://${address}`, dir })
      } finally {
        const gone = new Promise((done) => server.once('exit', done))
        if (server.exitCode === null && server.kill()) await gone
        rmSync(dir, { recursive: true, force: true })
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ site }, use) => use(site.url),
  another: async ({ browser }, use) => {
    const browsers: BrowserContext[] = []
    await use(async (options) => {
      const context = await browser.newContext(options)
      browsers.push(context)
      return context.newPage()
    })
    await Promise.all(browsers.map((context) => context.close()))
  },
})

export { expect } from '@playwright/test'

/** freePort is one that nobody listens on. */
export async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (typeof address === 'object' && address ? done(address.port) : fail(new Error('no port'))))
    })
  })
}

async function untilHealthy(url: string, isOver: () => boolean): Promise<void> {
  const end = Date.now() + 60_000
  while (Date.now() < end) {
    if (isOver()) throw new Error('the server has ended')
    const ok = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ok) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error('not healthy after a minute')
}
