import { describe, expect, it } from 'vitest'
import { attachmentIdOf, imagesIn, publicAddress } from './imageAddress'

const id = 'abcde0123456789'

describe('attachmentIdOf', () => {
  it.each([
    ['the public address', `/f/${id}/%E5%9B%BE.png`, id],
    ['without a name', `/f/${id}`, id],
    ['copied from the public page', `http://localhost:3000/f/${id}/a.png`, id],
    ['another site', `https://example.com/f/${id}/a.png`, null],
    ['a longer id', `/f/${id}x/a.png`, null],
    ['a file of this computer', 'file:///C:/a.png', null],
    ['data in the text', 'data:image/png;base64,AAAA', null],
  ])('%s', (_, src, want) => expect(attachmentIdOf(src, 'http://localhost:3000')).toBe(want))
})

describe('publicAddress', () => {
  it('goes through attachmentIdOf and back', () => {
    const address = publicAddress({ id, name: '操场 图.png' })
    expect(address).toBe(`/f/${id}/%E6%93%8D%E5%9C%BA%20%E5%9B%BE.png`)
    expect(attachmentIdOf(address)).toBe(id)
  })
  it('a file without a name still has an address', () => expect(publicAddress({ id, name: '' })).toBe(`/f/${id}/image`))
})

describe('imagesIn', () => {
  it('lists each of ours once', () => {
    expect([...imagesIn(`<p><img src="/f/${id}/a.png"><img src="/f/${id}/b.png"><img src="https://x.test/c.png"></p>`)]).toEqual([id])
  })
})
