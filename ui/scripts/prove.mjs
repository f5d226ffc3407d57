// prove.mjs solves ALTCHA challenges, one as JSON in each line of its input, and
// prints the payloads, one a line: with the code that browsers run, or, as
// `prove.mjs official KEY`, with the package altcha-lib, which also verifies each
// as a server with that key would. pb_hooks/altcha/oracle_test.go compares them.
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

async function official(key) {
  const { solveChallenge, verifySolution } = await import('altcha-lib')
  const { deriveKey } = await import('altcha-lib/algorithms/sha')
  return async (challenge) => {
    const solution = await solveChallenge({ challenge, deriveKey })
    const { verified } = await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret: key })
    if (!verified) throw new Error(`altcha-lib refuses ${JSON.stringify({ challenge, solution })}`)
    return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
  }
}

async function ours() {
  const { runnerImport } = await import('vite')
  const { module } = await runnerImport(fileURLToPath(new URL('../src/public/filing/solve.ts', import.meta.url)), { configFile: false, logLevel: 'error' })
  return module.solve
}

const [who, key] = process.argv.slice(2)
const prove = await (who === 'official' ? official(key) : ours())
const challenges = []
for await (const line of createInterface({ input: process.stdin })) challenges.push(JSON.parse(line))

const started = performance.now()
for (const challenge of challenges) console.log(await prove(challenge))
console.error(`${((performance.now() - started) / challenges.length).toFixed(0)} ms each`)
