import { defineConfig } from '@playwright/test'
import { chromium } from './e2e/chromium'

// The tests start the real binary themselves (e2e/fixtures.ts).
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: false,
  workers: 3, // each with a server and demonstration data of its own; a test waits for a third of its time
  retries: 0,
  timeout: 60_000,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.CI ? [['list'], ['html', { open: 'never' }]] : 'list',
  use: {
    browserName: 'chromium',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    contextOptions: { reducedMotion: 'reduce' }, // nothing fades: a page is looked at when it stands
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure', // --trace retain-on-failure tells more, and costs a tenth of the time
    launchOptions: {
      executablePath: chromium(),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
})
