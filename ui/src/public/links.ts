import type { Router } from 'vue-router'
import { formAddress } from './addresses'

// followLinks lets the app follow plain links and search forms to its own
// pages, wherever they stand: in a page, in the text of an article, in the
// server's header. Everything else is left to the browser.
export function followLinks(document: Document, router: Router): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element | null)?.closest?.('a')
    if (!link || !isPlain(event) || link.target || link.hasAttribute('download')) return
    const path = ownPage(router, link.href)
    if (path === null || isJumpInPage(link)) return
    event.preventDefault()
    void router.push(path)
  })
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || form.method !== 'get' || event.defaultPrevented) return
    if (ownPage(router, form.action) === null) return
    event.preventDefault()
    void router.push(formAddress(form))
  })
}

function isPlain(event: MouseEvent): boolean {
  return !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
}

// isJumpInPage: the browser moves focus to the target as well, so let it.
function isJumpInPage(link: HTMLAnchorElement): boolean {
  return link.hash !== '' && link.pathname === location.pathname && link.search === location.search
}

// ownPage is the path of an address that the app can show, or null.
export function ownPage(router: Router, address: string): string | null {
  const url = new URL(address, location.href)
  if (url.origin !== location.origin) return null
  const known = router.getRoutes().length > 0 && router.resolve(url.pathname).matched.length > 0
  return known ? url.pathname + url.search + url.hash : null
}
