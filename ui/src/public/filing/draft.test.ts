import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { clearDraft, draftDay, newResend, readDraft, saveDraft } from './draft'

const form = { subject: '收费标准' }

describe('the draft of a form', () => {
  beforeEach(() => {
    localStorage.clear()
    vi.useFakeTimers({ now: new Date('2026-11-26T10:00:00+08:00') })
  })
  afterEach(() => vi.useRealTimers())

  it('is kept by its name', () => {
    expect(saveDraft('apply.a', { form, resend: 'r1' })).toBe(true)
    expect(readDraft('apply.a')).toMatchObject({ resend: 'r1', form })
    expect([readDraft('apply.b'), draftDay('apply.a'), draftDay('apply.b')]).toEqual([null, '11月26日', ''])
  })

  it('is gone after seven days, and when it is cleared', () => {
    saveDraft('a', { form, resend: 'r1' })
    vi.advanceTimersByTime(7 * 24 * 60 * 60_000 - 1)
    expect(readDraft('a')).not.toBeNull()
    vi.advanceTimersByTime(1)
    expect(readDraft('a')).toBeNull()
    expect(localStorage.length).toBe(0)
    saveDraft('a', { form, resend: 'r1' })
    clearDraft('a')
    expect(readDraft('a')).toBeNull()
  })

  it('is nothing where the storage holds something else or is switched off', () => {
    localStorage.setItem('gongkai.a', '{not json')
    expect(readDraft('a')).toBeNull()
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    expect(saveDraft('a', { form, resend: 'r1' })).toBe(false)
    vi.restoreAllMocks()
  })

  it('names each form differently', () => {
    const names = new Set(Array.from({ length: 100 }, newResend))
    expect(names.size).toBe(100)
    names.forEach((name) => expect(name).toMatch(/^[0-9a-f]{32}$/))
  })
})
