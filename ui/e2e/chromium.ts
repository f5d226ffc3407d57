import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

// chromium finds the browser of the machine: CHROMIUM, or one on PATH. Without
// either, Playwright takes its own download.
export function chromium(): string | undefined {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  for (const dir of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
      const file = join(dir, name)
      if (existsSync(file)) return file
    }
  }
  return undefined
}
