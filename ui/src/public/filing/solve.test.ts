import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { blockOf, digest, longest } from './sha256'
import type { Challenge } from './solve'
import { solve } from './solve'

const hash = (message: Uint8Array): string => {
  const state = new Int32Array(8)
  digest(blockOf(message), state)
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}

describe('sha256', () => {
  it('is the one of FIPS 180-4', () => {
    expect(hash(new TextEncoder().encode('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  it('agrees with another for every length that fits', () => {
    for (let length = 0; length <= longest; length++) {
      for (let seed = 0; seed < 20; seed++) {
        const message = Uint8Array.from({ length }, (_, i) => (seed * 131 + i * 197 + length) & 0xff)
        expect(hash(message)).toBe(createHash('sha256').update(message).digest('hex'))
      }
    }
  })

  it('refuses what does not fit', () => expect(() => blockOf(new Uint8Array(longest + 1))).toThrow(RangeError))
})

// challenge is one that the counter solves.
function challenge(counter: number): Challenge {
  const salt = '000102030405060708090a0b0c0d0e0f'
  const nonce = 'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'
  const message = Buffer.concat([Buffer.from(salt + nonce, 'hex'), Buffer.alloc(4)])
  message.writeUInt32BE(counter, 32)
  const key = createHash('sha256').update(message).digest('hex')
  return {
    parameters: { algorithm: 'SHA-256', cost: 1, data: { most: 5000 }, expiresAt: 1795400000, keyLength: 32, keyPrefix: key.slice(0, 32), nonce, salt },
    signature: 'ab',
  }
}

describe('solve', () => {
  it.each([0, 1, 255, 256, 4999, 5000])('finds the counter %i and sends the challenge back as it came', (counter) => {
    const asked = challenge(counter)
    const sent = JSON.parse(atob(solve(asked))) as { challenge: Challenge; solution: { counter: number; derivedKey: string } }
    expect(sent.challenge).toEqual(asked)
    expect(sent.solution.counter).toBe(counter)
    expect(sent.solution.derivedKey.slice(0, 32)).toBe(asked.parameters.keyPrefix)
    expect(sent.solution.derivedKey).toHaveLength(64)
  })

  it('tells how far it is', () => {
    const told: number[] = []
    solve(challenge(4500), (progress) => told.push(progress))
    expect(told).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
  })

  it('gives up where no counter is left', () => expect(() => solve(challenge(5001))).toThrow('no counter'))

  it.each(['PBKDF2/SHA-256', ''])('refuses the algorithm %s', (algorithm) => {
    const asked = challenge(1)
    asked.parameters.algorithm = algorithm
    expect(() => solve(asked)).toThrow('unknown')
  })
})
