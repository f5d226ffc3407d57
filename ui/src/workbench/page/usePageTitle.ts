import { nextTick, ref } from 'vue'
import type { Router } from 'vue-router'

/** Spoken to screen readers: a single-page app must announce its pages itself. */
export const announcement = ref('')

/** setTitle names the page in the browser's tab and announces it. */
export function setTitle(title: string): void {
  document.title = `${title} - 工作台`
  announcement.value = title
}

/** followRoutes sets the title of each page and puts the focus on its heading. */
export function followRoutes(router: Router): void {
  router.afterEach(async (to, from) => {
    if (to.path === from.path) return
    setTitle(to.meta.title ?? '工作台')
    if (from.matched.length === 0) return // the first page keeps the browser's own focus
    await nextTick()
    document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true })
  })
}
