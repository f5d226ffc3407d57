import { describe, expect, it } from 'vitest'
import { badge, bellLabel, placeOf } from './noticeWords'

describe('messages in words', () => {
  it('says how many are unread', () => {
    expect(bellLabel(0)).toBe('消息，没有未读')
    expect(bellLabel(3)).toBe('消息，3 条未读')
    expect([badge(3), badge(99), badge(100)]).toEqual(['3', '99', '99+'])
  })

  it('leads nowhere outside of the workbench', () => {
    expect(placeOf('/articles/abc')).toBe('/articles/abc')
    for (const link of ['', 'https://else.example', '//else.example', '/\\else.example']) expect(placeOf(link)).toBe('/inbox')
  })
})
