import { ClientResponseError } from 'pocketbase'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { Conflict, useAutosave } from './useAutosave'

describe('useAutosave', () => {
  let scope = effectScope()
  const save = vi.fn<() => Promise<void>>()
  const keepCopy = vi.fn()
  const dropCopy = vi.fn()
  const start = () => scope.run(() => useAutosave({ save, keepCopy, dropCopy }))!
  const offline = () => Promise.reject(new ClientResponseError({ status: 0 }))

  beforeEach(() => {
    vi.useFakeTimers()
    scope = effectScope()
    for (const mock of [save, keepCopy, dropCopy]) mock.mockReset()
    save.mockResolvedValue()
  })
  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
  })

  it('saves once, 1.5 s after the last change', async () => {
    const { state, changed } = start()
    changed()
    await vi.advanceTimersByTimeAsync(1000)
    changed()
    await vi.advanceTimersByTimeAsync(1499)
    expect([state.value, save.mock.calls.length]).toEqual(['changed', 0])
    await vi.advanceTimersByTimeAsync(1)
    expect([state.value, save.mock.calls.length]).toEqual(['saved', 1])
    expect(dropCopy).toHaveBeenCalled()
  })

  it('saves at the latest 10 s after the first change, however steadily somebody types', async () => {
    const { changed } = start()
    for (let second = 0; second < 21; second++) {
      changed()
      await vi.advanceTimersByTimeAsync(1000)
    }
    expect(save.mock.calls.length).toBe(2)
  })

  it('does not hurry while it cannot be saved', async () => {
    const { changed } = start()
    save.mockImplementation(offline)
    for (let second = 0; second < 25; second++) {
      changed()
      await vi.advanceTimersByTimeAsync(1000)
    }
    expect(save.mock.calls.length).toBe(2)
  })

  it('without a change nothing is sent', async () => {
    expect(await start().flush()).toBe(true)
    expect(save).not.toHaveBeenCalled()
  })

  it('what is written during a save is saved after it', async () => {
    const { state, changed } = start()
    save.mockImplementationOnce(() => new Promise((resolve) => setTimeout(resolve, 500)))
    changed()
    await vi.advanceTimersByTimeAsync(1600)
    expect(state.value).toBe('saving')
    changed()
    await vi.advanceTimersByTimeAsync(3000)
    expect([state.value, save.mock.calls.length]).toEqual(['saved', 2])
  })

  it('never saves twice at the same time', async () => {
    const { changed, flush } = start()
    let atOnce = 0
    let most = 0
    save.mockImplementation(async () => {
      most = Math.max(most, ++atOnce)
      await new Promise((resolve) => setTimeout(resolve, 100))
      atOnce--
    })
    changed()
    const both = [flush(), flush()]
    changed()
    both.push(flush())
    await vi.advanceTimersByTimeAsync(5000)
    await Promise.all(both)
    expect(most).toBe(1)
  })

  it('offline: keeps a copy here, tries again by itself, and at once when the network is back', async () => {
    const { state, changed, problem } = start()
    save.mockImplementationOnce(offline).mockImplementationOnce(offline)
    changed()
    await vi.advanceTimersByTimeAsync(1500)
    expect([state.value, problem.value?.status, keepCopy.mock.calls.length]).toEqual(['failed', 0, 1])
    await vi.advanceTimersByTimeAsync(10_000)
    expect([state.value, save.mock.calls.length]).toEqual(['failed', 2])
    window.dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(0)
    expect([state.value, save.mock.calls.length]).toEqual(['saved', 3])
  })

  it('refused input is not sent again until it is changed', async () => {
    const { state, changed } = start()
    save.mockRejectedValueOnce(new ClientResponseError({ status: 400 }))
    changed()
    await vi.advanceTimersByTimeAsync(60_000)
    expect([state.value, save.mock.calls.length]).toEqual(['failed', 1])
    changed()
    await vi.advanceTimersByTimeAsync(1500)
    expect(state.value).toBe('saved')
  })

  it('waits while the server changes the draft itself, and saves afterwards what was typed meanwhile', async () => {
    const { state, changed, alone, flush, isUnsaved } = start()
    let finish = () => {}
    const work = alone(() => new Promise<string>((resolve) => (finish = () => resolve('done'))))
    changed()
    await vi.advanceTimersByTimeAsync(5000)
    expect([save.mock.calls.length, isUnsaved()]).toEqual([0, true])
    finish()
    expect(await work).toBe('done')
    expect(await flush()).toBe(true)
    expect([save.mock.calls.length, state.value]).toEqual([1, 'saved'])
    await expect(alone(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    changed()
    await vi.advanceTimersByTimeAsync(1500)
    expect(save).toHaveBeenCalledTimes(2)
  })

  it('a conflict stops saving until the person has decided', async () => {
    const { state, changed, flush, resume } = start()
    save.mockRejectedValueOnce(new Conflict())
    changed()
    await vi.advanceTimersByTimeAsync(1500)
    changed()
    await vi.advanceTimersByTimeAsync(60_000)
    expect([state.value, save.mock.calls.length, await flush()]).toEqual(['conflict', 1, false])
    expect(await resume()).toBe(true)
    expect(state.value).toBe('saved')
  })

  it('closing the tab with unsaved text asks first and keeps a copy', () => {
    const { changed } = start()
    const leave = () => {
      const event = new Event('beforeunload', { cancelable: true })
      window.dispatchEvent(event)
      return event.defaultPrevented
    }
    expect(leave()).toBe(false)
    changed()
    expect(leave()).toBe(true)
    expect(keepCopy).toHaveBeenCalled()
  })
})
