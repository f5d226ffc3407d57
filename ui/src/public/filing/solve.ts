import { blockOf, digest } from './sha256'

// Challenge is a proof of work of the ALTCHA protocol, version 2, as
// pb_hooks/altcha makes it: find the counter for which SHA-256 of salt, nonce and
// counter begins with the prefix.
export interface Challenge {
  parameters: {
    algorithm: string
    cost: number
    data: { most: number } // no counter beyond this one
    expiresAt: number
    keyLength: number
    keyPrefix: string
    nonce: string
    salt: string
  }
  signature: string
}

// solve looks for the counter and gives the payload that a filing carries. It
// takes all of a thread until it is done, about a second on an old phone, and
// tells at each tenth how far it is, from 0 to 1. It throws on a challenge that it cannot solve.
export function solve(challenge: Challenge, told?: (progress: number) => void): string {
  const { algorithm, cost, data, keyPrefix, nonce, salt } = challenge.parameters
  const start = bytesOf(salt + nonce)
  if (algorithm !== 'SHA-256' || cost !== 1 || start.length % 4 !== 0 || keyPrefix.length % 8 !== 0) throw new Error('unknown kind of challenge')

  const message = new Uint8Array(start.length + 4)
  message.set(start)
  const block = blockOf(message)
  const place = start.length / 4 // of the counter among the words
  const wanted = wordsOf(bytesOf(keyPrefix))
  const state = new Int32Array(8)
  const tenth = Math.ceil(data.most / 10)
  for (let counter = 0; counter <= data.most; counter++) {
    if (counter % tenth === 0) told?.(counter / data.most)
    block[place] = counter
    digest(block, state)
    if (state[0] === wanted[0] && wanted.every((word, i) => state[i] === word)) {
      told?.(1)
      return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey: hexOf(state) } }))
    }
  }
  throw new Error('no counter solves the challenge')
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16))
}

function wordsOf(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer)
  return Int32Array.from({ length: bytes.length / 4 }, (_, i) => view.getInt32(4 * i))
}

function hexOf(words: Int32Array): string {
  return Array.from(words, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}
