import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import ReportHtml from './ReportHtml'

describe('ReportHtml', () => {
  it('draws what a report is made of, and nothing else', () => {
    const html = '<h2 onclick="x()">一</h2><p align="right">甲&lt;乙<script>alert(1)</script><img src="x"></p><table><caption>表2</caption><tbody><tr><th scope="row" style="color:red">规章</th><td colspan="3">0</td></tr></tbody></table>'
    expect(mount(ReportHtml, { props: { html } }).element.innerHTML).toBe(
      '<h2>一</h2><p align="right">甲&lt;乙alert(1)</p><div class="report-table" role="region" tabindex="0" aria-label="表2"><table><caption>表2</caption><tbody><tr><th scope="row">规章</th><td colspan="3">0</td></tr></tbody></table></div>',
    )
  })
})
