import { describe, expect, it } from 'vitest'
import { firstVisit, withTables } from './visit'
import type { Visit } from './visit'

function page(data: unknown, body = ''): Document {
  const text = JSON.stringify(data).replace(/</g, '\\u003c')
  return new DOMParser().parseFromString(`<div id="app">${body}</div><script type="application/json" id="page-data">${text}</script>`, 'text/html')
}

describe('firstVisit', () => {
  it('reads kind, view and district from the document', () => {
    const { visit, district } = firstVisit(page({ kind: 'privacy', district: { name: '示范区' }, view: { groups: [] } }))
    expect([visit.kind, district.name]).toEqual(['privacy', '示范区'])
  })

  it.each(['article', 'column'])('takes the text of an article from the %s page itself', (kind) => {
    const { visit } = firstVisit(page({ kind, district: {}, view: { article: { body_html: '' } } }, '<div id="article-body"><p>正文</p></div>'))
    expect(visit.view).toMatchObject({ article: { body_html: '<p>正文</p>' } })
  })
})

describe('withTables', () => {
  it('puts every table of the text into a box that scrolls, each with a name of its own', () => {
    const table = '<table><tbody></tbody></table>'
    const box = (n: number) => `<div class="table-scroll" tabindex="0" role="region" aria-label="表格 ${n}">${table}</div>`
    const visit = { kind: 'article', view: { article: { body_html: `<p>a</p>${table}<p>b</p>${table}` } } } as unknown as Visit
    expect(withTables(visit).view).toMatchObject({ article: { body_html: `<p>a</p>${box(1)}<p>b</p>${box(2)}` } })
  })
})
