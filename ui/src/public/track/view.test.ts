import { describe, expect, it } from 'vitest'
import { dayOf, stagesOf } from './view'

const line = (state: string, state_name: string, received = '2026-11-02') =>
  stagesOf({ state, state_name, received }).map(({ name, place }) => `${name} ${place}`)

describe('the line of stages', () => {
  it('leads from the filing to the answer', () => {
    expect(line('submitted', '已提交', '')).toEqual(['提交申请 now', '学校收到 later', '查找办理 later', '审核签发 later', '答复 later'])
    expect(line('third_party', '征求第三方意见')[2]).toBe('查找办理（征求第三方意见） now')
    expect(line('signing', '待签发')).toEqual(['提交申请 done', '学校收到 done', '查找办理 done', '审核签发（待签发） now', '答复 later'])
    expect(line('answered', '已答复')[4]).toBe('答复 now')
  })

  it('ends where the request ended', () => {
    expect(line('withdrawn', '已撤回', '')).toEqual(['提交申请 done', '已撤回 now'])
    expect(line('abandoned', '视为放弃')).toEqual(['提交申请 done', '学校收到 done', '视为放弃 now'])
  })
})

it('writes a day without a time zone', () => {
  expect(dayOf('2026-11-26')).toBe('11月26日 周四')
  expect(dayOf('2026-02-28')).toBe('2月28日 周六')
  expect(dayOf('')).toBe('')
})
