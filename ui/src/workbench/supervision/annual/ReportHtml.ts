import { defineComponent, h } from 'vue'
import type { VNode } from 'vue'

const kept = ['p', 'h2', 'h3', 'table', 'caption', 'thead', 'tbody', 'tr', 'th', 'td']
const attributes = ['colspan', 'rowspan', 'scope', 'align']

/** nodesOf draws HTML that the server made of a report: known elements with known attributes, and text. */
export function nodesOf(parent: ParentNode): (VNode | string)[] {
  return [...parent.childNodes].flatMap((node): (VNode | string)[] => {
    if (node.nodeType === Node.TEXT_NODE) return [node.textContent ?? '']
    if (!(node instanceof Element)) return []
    const tag = node.tagName.toLowerCase()
    const inside = nodesOf(node)
    if (!kept.includes(tag)) return inside
    const drawn = h(tag, Object.fromEntries(attributes.flatMap((name) => (node.hasAttribute(name) ? [[name, node.getAttribute(name)]] : []))), inside)
    if (tag !== 'table') return [drawn]
    // a wide table scrolls by itself, by keyboard too
    return [h('div', { class: 'report-table', role: 'region', tabindex: 0, 'aria-label': node.querySelector('caption')?.textContent ?? '统计表' }, [drawn])]
  })
}

/** ReportHtml shows a report, or tables of it. */
export default defineComponent({
  props: { html: { type: String, required: true } },
  setup: (props) => () => h('div', { class: 'report-html' }, nodesOf(new DOMParser().parseFromString(props.html, 'text/html').body)),
})
