import { describe, expect, it } from 'vitest'
import type { PushDelivery, PushSubscriber } from '../../../shared/api/push.gen'
import { askOf, filterFrom, hourWords, isNarrowed, noFilter, pretty, queryOf, standing, stateLook, stateWord, tokenWords } from './pushWords'

const subscriber = (change: Partial<PushSubscriber>): PushSubscriber => ({
  id: 's', name: '甲', url: 'https://a.example.com/', events: [], plain_allowed: false, private_allowed: false, state: 'active', off_reason: '', token_end: 'abcd',
  old_token_until: '', old_token_in_use: false, old_key_until: '', pulled_at: '', delivered_at: '', silent_since: '', waiting: 0, dead: 0, hour_made: 0, hour_tried: 0, made: '', ...change,
})
const delivery = (state: string): PushDelivery => ({
  id: 'd', number: 1, subscriber: '甲', event: 'test', event_name: '测试', school: '', state, tries: 0, made_at: '', next_at: '', ended_at: '', fault: '', reason: '', by_name: '',
})

describe('standing', () => {
  it.each([
    [{}, '正常', 'is-good'],
    [{ dead: 1 }, '有没送到的', 'is-care'],
    [{ state: 'paused', silent_since: '2026-11-23 02:00:00.000Z' }, '已暂停', 'is-plain'],
    [{ state: 'off', off_reason: '对方答复 410' }, '已停止：对方答复 410', 'is-care'],
    [{ silent_since: '2026-11-23 02:00:00.000Z' }, '从 2026-11-23 10:00 起没有动静', 'is-care'],
  ])('of %o', (change, word, look) => expect(standing(subscriber(change))).toEqual({ word, look }))
})

describe('a delivery', () => {
  it.each([['waiting', '等待投递', 'is-plain'], ['delivered', '已送到', 'is-good'], ['dead', '没有送到（死信）', 'is-care'], ['discarded', '已放弃', 'is-plain']])('%s', (state, word, look) => {
    expect([stateWord(delivery(state)), stateLook(delivery(state))]).toEqual([word, look])
  })
})

describe('the last hour', () => {
  it.each([[0, 0, '没有推送'], [5000, 12, '产生 5000 条，投递 12 次'], [0, 3, '产生 0 条，投递 3 次']])('%d made, %d tried', (hour_made, hour_tried, words) => {
    expect(hourWords({ hour_made, hour_tried })).toBe(words)
  })
})

describe('the token', () => {
  it.each([
    [{}, '末四位 abcd'],
    [{ old_token_until: '2026-11-23 02:00:00.000Z' }, '末四位 abcd；旧令牌到 2026-11-23 10:00 失效'],
    [{ old_token_until: '2026-11-23 02:00:00.000Z', old_token_in_use: true }, '末四位 abcd；旧令牌到 2026-11-23 10:00 失效，对方还在用旧的'],
  ])('of %o', (change, words) => expect(tokenWords(subscriber(change))).toBe(words))
})

describe('the filter', () => {
  it('lives in the address and asks the server', () => {
    const filter = filterFrom({ school: ' 9999990001 ', fault: 'refused', other: 'x' })
    expect(filter).toEqual({ ...noFilter, school: '9999990001', fault: 'refused' })
    expect(queryOf(filter, 2)).toEqual({ school: '9999990001', fault: 'refused', page: '2' })
    expect(askOf(filter, 2, 20)).toEqual({ school: '9999990001', fault: 'refused', page: '2', per_page: '20' })
    expect([isNarrowed(filter), isNarrowed(noFilter)]).toEqual([true, false])
  })
})

describe('pretty', () => {
  it.each([['{"a":1}', '{\n  "a": 1\n}'], ['no JSON', 'no JSON']])('%s', (body, shown) => expect(pretty(body)).toBe(shown))
})
