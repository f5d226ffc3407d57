import { expect, it } from 'vitest'
import { useTask } from './useTask'

it('runs one thing at a time and says when it is done', async () => {
  const { pending, problem, run } = useTask()
  let finish = () => {}
  const first = run(() => new Promise<void>((done) => (finish = done)))
  expect(pending.value).toBe(true)
  expect(await run(() => Promise.resolve())).toBe(false)
  finish()
  expect(await first).toBe(true)
  expect(pending.value).toBe(false)
  expect(problem.value).toBeNull()
})

it('tells what went wrong until the next try', async () => {
  const { problem, run } = useTask()
  expect(await run(() => Promise.reject(new Error('x')))).toBe(false)
  expect(problem.value?.summary).toContain('页面出错了')
  expect(await run(() => Promise.resolve())).toBe(true)
  expect(problem.value).toBeNull()
})
