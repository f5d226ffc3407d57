// pack.mjs compresses the built scripts and style sheets, as which they lie in the
// binary: a third of their size. pb_hooks/site/files.go reads them. Run it last.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const assets = fileURLToPath(new URL('../dist/assets/', import.meta.url))
for (const name of readdirSync(assets).filter((name) => /\.(js|css)$/.test(name))) {
  writeFileSync(`${assets}${name}.gz`, gzipSync(readFileSync(assets + name), { level: 9 }))
  rmSync(assets + name)
}
