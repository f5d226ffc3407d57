import { attachmentIdOf } from './imageAddress'

export interface Pasted {
  html: string
  /** Pictures that could not come along: they are elsewhere, or in the clipboard's own format. */
  lostImages: number
}

const headings: Record<string, string> = { H1: 'h2', H5: 'h4', H6: 'h4' }

/**
 * plainHtml prepares HTML for the editor, whether pasted from Word, WPS or
 * WeChat or stored before: headings get the levels of the page, a table's
 * caption becomes a line above it, pictures that are not attachments go. The
 * server cleans again; this is so that the writer sees at once what will stay.
 */
export function plainHtml(html: string): Pasted {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  body.querySelectorAll('script, style, meta, link, title, xml').forEach((element) => element.remove())
  for (const [from, to] of Object.entries(headings)) body.querySelectorAll(from).forEach((element) => rename(element, to))
  body.querySelectorAll('caption').forEach(lift)
  let lostImages = 0
  body.querySelectorAll('img').forEach((img) => {
    if (attachmentIdOf(img.getAttribute('src') ?? '')) return
    img.remove()
    lostImages++
  })
  return { html: body.innerHTML, lostImages }
}

function rename(element: Element, name: string) {
  const renamed = element.ownerDocument.createElement(name)
  const align = element.getAttribute('align')
  if (align) renamed.setAttribute('align', align)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
}

function lift(caption: Element) {
  const line = caption.ownerDocument.createElement('p')
  line.setAttribute('align', 'center')
  line.append(...caption.childNodes)
  caption.closest('table')?.before(line)
  caption.remove()
}
