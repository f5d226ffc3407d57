import { describe, expect, it } from 'vitest'
import { askFrom, failedShare, isOutOfReach, isSlow, lasts, percentOf, queryOf, runWords } from './probesQuery'
import type { ProbeRun } from '../../../shared/api/probes.gen'

const run: ProbeRun = { id: 'r', school: { code: '', name: '' }, state: 'running', phase: 'pages', done: 50, total: 200, asked: 0, alone: false, by: '', began: '', finished: '' }

describe('the address', () => {
  it('is read and written', () => {
    const ask = { school: '9999990001', view: 'outside', page: 3 }
    expect(askFrom(queryOf(ask))).toEqual(ask)
  })
  it('with nonsense in it shows the first page of what is to be dealt with', () => {
    expect(askFrom({ view: 'nosuch', page: '-2', school: ['a', 'b'] })).toEqual({ school: '', view: '', page: 1 })
    expect(queryOf({ school: '', view: '', page: 1 })).toEqual({})
  })
})

describe('visits', () => {
  it('tell how long they took', () => {
    expect([lasts(50), lasts(1500), lasts(15000), lasts(30000)]).toEqual(['50 毫秒', '1.5 秒', '15 秒', '超过 15 秒'])
  })
  it('tell how many failed, and of how many', () => {
    expect(failedShare({ failed: 3, visits: 1008 })).toBe('0.3%（3/1008 次）')
    expect(failedShare({ failed: 0, visits: 0 })).toBe('未测')
  })
  it('are judged at a twentieth', () => {
    expect([isOutOfReach({ failed: 5, visits: 100 }), isOutOfReach({ failed: 4, visits: 100 }), isOutOfReach({ failed: 0, visits: 0 })]).toEqual([true, false, false])
    expect([isSlow({ slow: 6, visits: 100 }), isSlow({ slow: 5, visits: 100 })]).toEqual([true, false])
  })
})

describe('a run', () => {
  it('tells how far it is', () => {
    expect(runWords(run)).toBe('正在检查信息中的链接和附件')
    expect(percentOf(run)).toBe(25)
    expect(percentOf({ ...run, total: 0 })).toBe(0)
  })
  it('tells what came of it', () => {
    expect(runWords({ ...run, state: 'done', asked: 12 })).toBe('检查完成；检查外部链接 12 个')
    expect(runWords({ ...run, state: 'done', alone: true })).toContain('不能访问外部网络')
    expect(runWords({ ...run, state: 'cancelled' })).toContain('已停止')
  })
})
