import { ClientResponseError } from 'pocketbase'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { beat, useEditLock } from './useEditLock'
import type { EditLock } from '../../shared/api/schema.gen'

const mine: EditLock = { mine: true, name: '我', since: '2026-11-23T02:32:00Z' }
const theirs: EditLock = { mine: false, name: '王老师', since: '2026-11-23T02:32:00Z' }

describe('useEditLock', () => {
  let scope = effectScope()
  const hold = vi.fn<(takeOver: boolean) => Promise<EditLock>>()
  const release = vi.fn<() => Promise<unknown>>()
  const start = async () => {
    const lock = scope.run(() => useEditLock('v', { hold, release }))!
    await vi.advanceTimersByTimeAsync(0)
    return lock
  }

  beforeEach(() => {
    vi.useFakeTimers()
    scope = effectScope()
    hold.mockReset().mockResolvedValue(mine)
    release.mockReset().mockResolvedValue(undefined)
  })
  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
  })

  it('takes the lock and keeps it with a sign of life every 30 s', async () => {
    const { isElsewhere } = await start()
    expect([isElsewhere.value, hold.mock.calls]).toEqual([false, [[false]]])
    await vi.advanceTimersByTimeAsync(2 * beat)
    expect(hold.mock.calls).toEqual([[false], [false], [false]])
  })

  it('tells who else writes, and takes over when asked', async () => {
    hold.mockResolvedValueOnce(theirs)
    const { lock, isElsewhere, isLost, takeOver } = await start()
    expect([isElsewhere.value, isLost.value, lock.value?.name]).toEqual([true, false, '王老师'])
    await takeOver()
    expect(hold).toHaveBeenLastCalledWith(true)
    expect(isElsewhere.value).toBe(false)
  })

  it('learns that somebody took over, and remembers it', async () => {
    const { isElsewhere, isLost } = await start()
    hold.mockResolvedValue(theirs)
    await vi.advanceTimersByTimeAsync(2 * beat)
    expect([isElsewhere.value, isLost.value]).toEqual([true, true])
    hold.mockResolvedValue(mine)
    await vi.advanceTimersByTimeAsync(beat)
    expect([isElsewhere.value, isLost.value]).toEqual([false, false])
  })

  it('gives the lock back when the editor closes, and only its own', async () => {
    await start()
    scope.stop()
    expect(release).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(2 * beat)
    expect(hold).toHaveBeenCalledTimes(1)

    release.mockClear()
    scope = effectScope()
    hold.mockResolvedValue(theirs)
    await start()
    scope.stop()
    expect(release).not.toHaveBeenCalled()
  })

  it('goes on after a lost network, and stops when there is nothing to lock', async () => {
    const { isElsewhere } = await start()
    hold.mockRejectedValueOnce(new ClientResponseError({ status: 0 }))
    await vi.advanceTimersByTimeAsync(2 * beat)
    expect([hold.mock.calls.length, isElsewhere.value]).toEqual([3, false])
    hold.mockRejectedValueOnce(new ClientResponseError({ status: 400 }))
    await vi.advanceTimersByTimeAsync(3 * beat)
    expect(hold.mock.calls.length).toBe(4)
  })
})
