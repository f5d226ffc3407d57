// SHA-256 (FIPS 180-4) of a message that fits one block. The browser's own is not
// there on pages without TLS, and costs more per call than the work itself.

// The first 32 bits of the fractional parts of the square roots of the first 8
// primes, and of the cube roots of the first 64.
const primes = firstPrimes(64)
const initial = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))
const round = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)))

function firstPrimes(count: number): number[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n)
  return found
}

function fraction(root: number): number {
  return ((root - Math.floor(root)) * 0x100000000) | 0
}

// longest is how many bytes fit one block with the padding.
export const longest = 55

// blockOf pads a message to a block of 16 words, ready for digest.
export function blockOf(message: Uint8Array): Int32Array {
  if (message.length > longest) throw new RangeError(`${message.length} bytes do not fit one block`)
  const bytes = new Uint8Array(64)
  bytes.set(message)
  bytes[message.length] = 0x80
  const view = new DataView(bytes.buffer)
  view.setUint32(60, message.length * 8)
  return Int32Array.from({ length: 16 }, (_, i) => view.getInt32(i * 4))
}

const w = new Int32Array(64)

// digest writes the hash of a block into state, as 8 words.
export function digest(block: Int32Array, state: Int32Array): void {
  w.set(block)
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!
    const y = w[i - 2]!
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0
  }
  let a = initial[0]!
  let b = initial[1]!
  let c = initial[2]!
  let d = initial[3]!
  let e = initial[4]!
  let f = initial[5]!
  let g = initial[6]!
  let h = initial[7]!
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + (g ^ (e & (f ^ g))) + round[i]! + w[i]!) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) | (c & (a | b)))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0] = (initial[0]! + a) | 0
  state[1] = (initial[1]! + b) | 0
  state[2] = (initial[2]! + c) | 0
  state[3] = (initial[3]! + d) | 0
  state[4] = (initial[4]! + e) | 0
  state[5] = (initial[5]! + f) | 0
  state[6] = (initial[6]! + g) | 0
  state[7] = (initial[7]! + h) | 0
}
