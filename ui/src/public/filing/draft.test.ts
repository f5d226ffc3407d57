import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { empty } from './application'
import { clearDraft, newResend, readDraft, saveDraft } from './draft'

const form = { ...empty(), name: '王小明', id_number: '11010519491231002X', agent_id_number: 'E12345678', subject: '收费标准' }

describe('the draft of an application', () => {
  beforeEach(() => {
    localStorage.clear()
    vi.useFakeTimers({ now: new Date('2026-11-26T10:00:00+08:00') })
  })
  afterEach(() => vi.useRealTimers())

  it('is kept for each school, without the numbers of documents', () => {
    expect(saveDraft('a', { form, hasAgent: true, resend: 'r1' })).toBe(true)
    expect(readDraft('a')).toMatchObject({ resend: 'r1', hasAgent: true, form: { name: '王小明', subject: '收费标准', id_number: '', agent_id_number: '' } })
    expect(readDraft('b')).toBeNull()
    expect(Object.values({ ...localStorage }).join()).not.toMatch(/11010519491231002X|E12345678/)
    expect(form.id_number).toBe('11010519491231002X') // the form itself keeps it
  })

  it('is gone after seven days, and when it is cleared', () => {
    saveDraft('a', { form, hasAgent: false, resend: 'r1' })
    vi.advanceTimersByTime(7 * 24 * 60 * 60_000 - 1)
    expect(readDraft('a')).not.toBeNull()
    vi.advanceTimersByTime(1)
    expect(readDraft('a')).toBeNull()
    expect(localStorage.length).toBe(0)
    saveDraft('a', { form, hasAgent: false, resend: 'r1' })
    clearDraft('a')
    expect(readDraft('a')).toBeNull()
  })

  it('is nothing where the storage holds something else or is switched off', () => {
    localStorage.setItem('gongkai.apply.a', '{not json')
    expect(readDraft('a')).toBeNull()
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    expect(saveDraft('a', { form, hasAgent: false, resend: 'r1' })).toBe(false)
    vi.restoreAllMocks()
  })

  it('names each form differently', () => {
    const names = new Set(Array.from({ length: 100 }, newResend))
    expect(names.size).toBe(100)
    names.forEach((name) => expect(name).toMatch(/^[0-9a-f]{32}$/))
  })
})
