import { announce } from '../shared/page/announce'
import type { Head } from './head'
import type { Kind } from './visit'

const inNavigation: Partial<Record<Kind, string>> = { home: '/', schools: '/schools', search: '/search', sitemap: '/sitemap' }

// arriveAt does what the browser does by itself when it loads a page: title,
// address, the current entry of the navigation, where the keyboard goes on, and
// that a screen reader says where one is.
export function arriveAt(kind: Kind, head: Head): void {
  document.title = head.title
  document.body.dataset.kind = kind
  document.querySelector('link[rel="canonical"]')?.setAttribute('href', head.canonical)
  const printed = document.getElementById('page-address')
  if (printed) printed.textContent = head.canonical
  document.getElementById('correct-link')?.setAttribute('href', head.correct)
  document.querySelectorAll('.site-nav a').forEach((link) => {
    if (link.getAttribute('href') === inNavigation[kind]) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  })
  const target = document.querySelector<HTMLElement>('#main h1') ?? document.getElementById('main')
  target?.setAttribute('tabindex', '-1')
  target?.focus({ preventScroll: true })
  announce(head.title)
}
