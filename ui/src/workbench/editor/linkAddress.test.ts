import { describe, expect, it } from 'vitest'
import { linkAddress } from './linkAddress'

describe('linkAddress', () => {
  it.each([
    ['https://www.example.com/a?b=1', 'https://www.example.com/a?b=1'],
    [' www.example.com/a ', 'https://www.example.com/a'],
    ['/s/1001', '/s/1001'],
    ['office@example.com', 'mailto:office@example.com'],
    ['tel:010-12345678', 'tel:010-12345678'],
    ['javascript:alert(1)', null],
    ['//example.com', null],
    ['见附件', null],
    ['', null],
  ])('%s', (typed, want) => expect(linkAddress(typed)).toBe(want))
})
