// size.mjs adds up the JavaScript that a first visit to each public page loads
// (entry, what it imports at once, the page's own chunk), gzipped, and fails
// when the largest is over the budget. Run it after `vite build`.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'

const budget = 60 * 1024
const entry = 'src/public/main.ts'
const dist = process.argv[2] ? pathToFileURL(`${process.argv[2]}/`) : new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))

const gzipped = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length

/** closure gives the chunks that load together with one chunk. */
function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of manifest[key].imports ?? []) closure(next, seen)
  return seen
}

function weigh(keys, of) {
  const files = new Set([...keys].flatMap((key) => (of === 'js' ? [manifest[key].file] : manifest[key].css ?? [])))
  return [...files].reduce((sum, file) => sum + gzipped(file), 0)
}

const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`.padStart(9)
const first = closure(entry)
const pages = (manifest[entry].dynamicImports ?? []).map((key) => ({ key, js: weigh(closure(key, new Set(first)), 'js') }))
pages.sort((a, b) => b.js - a.js)

console.log('Public site, first visit, gzipped')
console.log(`${kb(weigh(first, 'css'))}  style sheet`)
console.log(`${kb(weigh(first, 'js'))}  entry and its imports: ${[...first].map((key) => manifest[key].file).join(' ')}`)
for (const page of pages) console.log(`${kb(page.js)}  JavaScript with ${page.key}`)

const worst = pages[0]?.js ?? weigh(first, 'js')
if (worst > budget) {
  console.error(`Too much: ${kb(worst).trim()}, the budget is ${kb(budget).trim()}.`)
  process.exit(1)
}
console.log(`Largest ${kb(worst).trim()} of ${kb(budget).trim()}.`)
