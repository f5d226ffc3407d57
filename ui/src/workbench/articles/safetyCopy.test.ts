import { beforeEach, describe, expect, it } from 'vitest'
import { dropCopy, findCopy, keepCopy, sweepCopies } from './safetyCopy'

describe('safety copy', () => {
  beforeEach(() => localStorage.clear())

  it('belongs to one person and one version', () => {
    keepCopy('p1', 'v1', { title: '甲' })
    expect(findCopy<{ title: string }>('p1', 'v1')?.form.title).toBe('甲')
    expect(findCopy('p2', 'v1')).toBeNull()
    expect(findCopy('p1', 'v2')).toBeNull()
  })
  it('is gone when dropped', () => {
    keepCopy('p1', 'v1', {})
    dropCopy('p1', 'v1')
    expect(findCopy('p1', 'v1')).toBeNull()
  })
  it('is swept after a week, by whoever comes', () => {
    keepCopy('p1', 'old', {}, new Date('2026-11-01T00:00:00Z'))
    keepCopy('p1', 'new', {}, new Date('2026-11-08T00:00:00Z'))
    sweepCopies(new Date('2026-11-09T00:00:00Z'))
    expect([findCopy('p1', 'old'), findCopy('p1', 'new') !== null]).toEqual([null, true])
  })
})
