import { describe, expect, it } from 'vitest'
import { plainHtml } from './plainHtml'

const id = 'abcde0123456789'

describe('plainHtml', () => {
  it.each([
    ['text stays as it is', '<p>一</p><p align="center">二</p>', '<p>一</p><p align="center">二</p>', 0],
    ['the page has its own h1', '<h1 align="center">章程</h1><h5>附则</h5>', '<h2 align="center">章程</h2><h4>附则</h4>', 0],
    ['a caption becomes a line above the table', '<table><caption>收费表</caption><tbody><tr><td>1</td></tr></tbody></table>',
      '<p align="center">收费表</p><table><tbody><tr><td>1</td></tr></tbody></table>', 0],
    ['own pictures stay', `<img src="/f/${id}/a.png" alt="操场">`, `<img src="/f/${id}/a.png" alt="操场">`, 0],
    ['pictures of Word and WeChat go and are counted', '<p>见图<img src="file:///C:/a.png"><img data-src="https://mmbiz.qpic.cn/x"></p>', '<p>见图</p>', 2],
    ['settings of Word go', '<style>p{color:red}</style><meta charset="gbk"><p>文</p>', '<p>文</p>', 0],
  ])('%s', (_, from, html, lostImages) => expect(plainHtml(from)).toEqual({ html, lostImages }))
})
