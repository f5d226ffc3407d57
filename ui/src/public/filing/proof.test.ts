import { createHash } from 'node:crypto'
import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { Problem } from '../../shared/api/get'
import { useProof } from './proof'
import type { Challenge } from './solve'
import { solve } from './solve'

// The test page has no workers: this one solves in turns of the same thread.
class SameThread {
  static made = 0
  static broken = false
  onmessage: ((event: { data: number | string }) => void) | null = null
  onerror: (() => void) | null = null
  private ended = false

  constructor() {
    SameThread.made++
  }

  postMessage(challenge: Challenge): void {
    setTimeout(() => {
      if (this.ended) return
      if (SameThread.broken) return this.onerror?.()
      this.onmessage?.({ data: solve(challenge, (data) => this.onmessage?.({ data })) })
    }, 10)
  }

  terminate(): void {
    this.ended = true
  }
}

let asked = 0
let answer: () => Promise<Response>

function challenge(): Challenge {
  const nonce = (++asked).toString(16).padStart(32, '0')
  const salt = '0'.repeat(32)
  const key = createHash('sha256').update(Buffer.from(salt + nonce + '00000bb8', 'hex')).digest('hex')
  return {
    parameters: { algorithm: 'SHA-256', cost: 1, data: { most: 3000 }, expiresAt: 0, keyLength: 32, keyPrefix: key.slice(0, 32), nonce, salt },
    signature: '',
  }
}

const nonceOf = (payload: string): number => parseInt((JSON.parse(atob(payload)) as { challenge: Challenge }).challenge.parameters.nonce, 16)

function form() {
  let proof!: ReturnType<typeof useProof>
  const page = mount(
    defineComponent({
      setup() {
        proof = useProof()
        return () => null
      },
    }),
  )
  return { page, proof }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('Worker', SameThread)
  vi.stubGlobal('fetch', () => answer())
  asked = SameThread.made = 0
  SameThread.broken = false
  answer = async () => Response.json(challenge())
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('useProof', () => {
  it('works from the first touch on, tells how far it is, and is done before the form is sent', async () => {
    const { proof } = form()
    expect([proof.state.value, proof.message.value]).toEqual(['idle', ''])
    proof.start()
    proof.start()
    expect([proof.state.value, proof.progress.value, proof.message.value]).toEqual(['working', 0, '正在做防滥用验证，不需要您操作。'])
    await vi.advanceTimersByTimeAsync(20)
    expect([proof.state.value, proof.progress.value, proof.message.value]).toEqual(['done', 1, '防滥用验证已完成。'])
    expect(nonceOf(await proof.payload())).toBe(1)
    expect(nonceOf(await proof.payload())).toBe(1)
    expect(asked).toBe(1)
  })

  it('begins when the form is sent untouched', async () => {
    const { proof } = form()
    const sent = proof.payload()
    await vi.advanceTimersByTimeAsync(20)
    expect(nonceOf(await sent)).toBe(1)
  })

  it('takes another one when the first has become old, or when the server wants it', async () => {
    const { proof } = form()
    proof.start()
    await vi.advanceTimersByTimeAsync(15 * 60_000)
    const later = proof.payload()
    await vi.advanceTimersByTimeAsync(20)
    expect(nonceOf(await later)).toBe(2)
    proof.renew()
    expect(proof.state.value).toBe('working')
    const renewed = proof.payload()
    await vi.advanceTimersByTimeAsync(20)
    expect(nonceOf(await renewed)).toBe(3)
  })

  it('takes another one when the device slept while it worked', async () => {
    const { proof } = form()
    const sent = proof.payload()
    vi.setSystemTime(Date.now() + 60 * 60_000)
    await vi.advanceTimersByTimeAsync(40)
    expect(nonceOf(await sent)).toBe(2)
  })

  it.each([
    ['too many', async () => new Response('{}', { status: 429 }), '操作太频繁了，请稍等一分钟再提交。'],
    ['a fault of the server', async () => new Response('{}', { status: 500 }), '防滥用验证没有完成，请稍后再提交。'],
    ['no network', async () => Promise.reject(new TypeError('offline')), '网络没有连通，请检查网络后重试。'],
  ])('says why it failed: %s; and the next time it works', async (_, bad, words) => {
    const { proof } = form()
    const good = answer
    answer = bad
    await expect(proof.payload()).rejects.toBeInstanceOf(Problem)
    expect([proof.state.value, proof.message.value]).toEqual(['failed', words])
    answer = good
    const again = proof.payload()
    await vi.advanceTimersByTimeAsync(20)
    expect(nonceOf(await again)).toBe(1)
    expect(proof.state.value).toBe('done')
  })

  it('says that the browser cannot do it', async () => {
    SameThread.broken = true
    const { proof } = form()
    proof.start()
    await vi.advanceTimersByTimeAsync(20)
    expect(proof.state.value).toBe('failed')
    expect(proof.message.value).toContain('请换一个浏览器')
  })

  it.each([
    ['while it asks', 0],
    ['while it works', 5],
  ])('stops when the form is left %s', async (_, after) => {
    const { page, proof } = form()
    const sent = proof.payload()
    const refused = expect(sent).rejects.toMatchObject({ name: 'AbortError' })
    await vi.advanceTimersByTimeAsync(after)
    page.unmount()
    await vi.advanceTimersByTimeAsync(100)
    await refused
    expect([proof.state.value, proof.progress.value, proof.message.value]).toEqual(['idle', 0, ''])
  })
})
