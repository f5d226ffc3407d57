import type { ShallowRef } from 'vue'
import { ref } from 'vue'
import type { RouteLocationNormalized, Router, RouteRecordRaw } from 'vue-router'
import { createRouter, createWebHistory, isNavigationFailure, NavigationFailureType, START_LOCATION } from 'vue-router'
import { getJSON, Problem } from '../shared/api/get'
import { openAddress } from './addresses'
import type { Asked } from './addresses'
import { withTables } from './visit'
import type { Visit } from './visit'

// The same addresses as in pb_hooks/site/site.go. Anything else, also a feed
// under /s/, is left to the browser. A page's code is fetched when first needed.
const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: () => import('./pages/HomePage.vue') },
  { path: '/schools', name: 'schools', component: () => import('./pages/SchoolsPage.vue') },
  { path: '/s/:school([^/.]+)', name: 'school', component: () => import('./pages/SchoolPage.vue') },
  { path: '/s/:school([^/.]+)/:way(ask|mailbox|correct)', name: 'letter', component: () => import('./pages/LetterPage.vue') },
  { path: '/:way(appeal|correct)', name: 'letter-to-bureau', meta: { kind: 'letter' }, component: () => import('./pages/LetterPage.vue') },
  { path: '/s/:school([^/.]+)/:column([^/.]+)', name: 'column', component: () => import('./pages/ColumnPage.vue') },
  { path: '/s/:school([^/.]+)/apply', name: 'apply', component: () => import('./pages/ApplyPage.vue') },
  { path: '/track', name: 'track', component: () => import('./pages/TrackPage.vue') },
  { path: '/opinion', name: 'opinion', component: () => import('./pages/OpinionPage.vue') },
  { path: '/a/:id([^/.]+)', name: 'article', component: () => import('./pages/ArticlePage.vue') },
  { path: '/search', name: 'search', component: () => import('./pages/SearchPage.vue') },
  { path: '/sitemap', name: 'sitemap', component: () => import('./pages/SitemapPage.vue') },
  { path: '/figures', name: 'figures', component: () => import('./pages/FiguresPage.vue') },
  { path: '/privacy', name: 'privacy', component: () => import('./pages/PrivacyPage.vue') },
]

export function createSiteRouter(): Router {
  return createRouter({
    history: createWebHistory(),
    routes,
    strict: true,
    sensitive: true,
    scrollBehavior(to, from, saved) {
      if (saved) return saved
      if (from === START_LOCATION) return false // the page stands already
      return to.hash ? { el: to.hash } : { top: 0 }
    },
  })
}

// useVisits makes every navigation wait for its data and its code, so that the
// old page stays until the new one can be shown whole.
export function useVisits(router: Router, visit: ShallowRef<Visit>, arrived: (visit: Visit) => void) {
  const pending = ref(false)
  let running = new AbortController()
  let loading: { path: string; visit: Promise<Visit> } | null = null
  let arriving: { path: string; visit: Visit } | null = null

  router.beforeEach((to, from) => {
    running.abort()
    loading = null
    if (from === START_LOCATION || isJump(to, from)) return
    running = new AbortController()
    pending.value = true
    loading = { path: to.fullPath, visit: fetchVisit(to, running.signal, visit.value) } // while the code loads
  })

  router.beforeResolve(async (to) => {
    if (loading?.path === to.fullPath) arriving = { path: to.fullPath, visit: await loading.visit }
  })

  router.afterEach((to, _from, failure) => {
    if (isNavigationFailure(failure, NavigationFailureType.cancelled)) return // a newer one is under way
    pending.value = false
    if (failure || arriving?.path !== to.fullPath) return
    visit.value = arriving.visit
    arriving = null
    arrived(visit.value)
  })

  // The code of a page is missing after a new version was installed: ask the
  // server. Where that happens on the first page, the server's page stays.
  router.onError((_error, to, from) => {
    if (from !== START_LOCATION) location.assign(to.fullPath)
  })

  return { pending }
}

// fetchVisit never fails: a problem is a page, too.
async function fetchVisit(to: RouteLocationNormalized, signal: AbortSignal, before: Visit): Promise<Visit> {
  const kind = (to.meta.kind ?? to.name ?? 'home') as Asked | 'track' | 'opinion'
  if (kind === 'track' || kind === 'opinion') return { kind, view: {} }
  try {
    return withTables({ kind, view: await getJSON(openAddress(kind, to.params, to.query), signal) } as Visit)
  } catch (error) {
    if (!(error instanceof Problem)) return { kind: 'error', view: { status: 0, detail: '', tries: 1 } } // given up for a newer one
    if (error.status === 404) return { kind: 'notfound', view: { status: 404, detail: '' } }
    const tries = before.kind === 'error' ? (before.view.tries ?? 0) + 1 : 1
    return { kind: 'error', view: { status: error.status, detail: error.detail, tries } }
  }
}

// isJump tells a jump inside the page that is shown. A retry is none.
function isJump(to: RouteLocationNormalized, from: RouteLocationNormalized): boolean {
  return to.fullPath !== from.fullPath && to.fullPath.split('#')[0] === from.fullPath.split('#')[0]
}
