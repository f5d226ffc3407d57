// pack.mjs compresses what was built, as which it lies in the binary: a third of its
// size. pb_hooks/site/files.go reads it. Run it last.
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const dist = fileURLToPath(new URL('../dist/', import.meta.url))
const assets = readdirSync(`${dist}assets`).filter((name) => /\.(js|css)$/.test(name))
for (const name of [...assets.map((name) => `assets/${name}`), '.vite/manifest.json']) {
  writeFileSync(`${dist}${name}.gz`, gzipSync(readFileSync(dist + name), { level: 9 }))
  rmSync(dist + name)
}
