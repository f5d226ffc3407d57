import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useIdle } from './useIdle'

const minute = 60_000

describe('useIdle', () => {
  let scope = effectScope()
  const onIdle = vi.fn()
  const start = () => scope.run(() => useIdle({ limit: 30 * minute, warning: minute, onIdle }))!

  beforeEach(() => {
    vi.useFakeTimers()
    scope = effectScope()
    onIdle.mockReset()
  })
  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
  })

  it('warns one minute before and then signs out, once', () => {
    const idle = start()
    vi.advanceTimersByTime(29 * minute - 1000)
    expect(idle.isWarning.value).toBe(false)
    vi.advanceTimersByTime(1000)
    expect([idle.isWarning.value, idle.secondsLeft.value]).toEqual([true, 60])
    vi.advanceTimersByTime(5 * minute)
    expect(onIdle).toHaveBeenCalledTimes(1)
  })

  it('input starts the time again', () => {
    const idle = start()
    vi.advanceTimersByTime(20 * minute)
    window.dispatchEvent(new Event('keydown'))
    vi.advanceTimersByTime(20 * minute)
    expect([idle.isWarning.value, onIdle.mock.calls.length]).toEqual([false, 0])
  })

  it('after the warning only an answer counts', () => {
    const idle = start()
    vi.advanceTimersByTime(29.5 * minute)
    window.dispatchEvent(new Event('pointerdown'))
    expect(idle.isWarning.value).toBe(true)
    idle.stay()
    expect(idle.isWarning.value).toBe(false)
  })

  it('a computer that slept past the limit signs out when it wakes', () => {
    start()
    vi.setSystemTime(Date.now() + 60 * minute)
    document.dispatchEvent(new Event('visibilitychange'))
    expect(onIdle).toHaveBeenCalledTimes(1)
  })
})
