import type { District } from '../shared/api/open'
import type { Visit } from './visit'

// Head is what the app keeps up to date of the document's head, and the trail.
// pb_hooks/site/head.go says the same on the server; e2e compares the two.
export interface Head {
  title: string
  canonical: string
  crumbs: Crumb[]
  correct: string // where a mistake of the page is reported
}

// Crumb is one step of the breadcrumb trail; the last one has no path.
export interface Crumb {
  name: string
  path: string
}

export function headOf(visit: Visit, district: District): Head {
  const { title, path, trail } = describe(visit)
  const school = schoolOf(visit)
  return {
    title: title ? `${title} - ${district.site_name}` : district.site_name,
    canonical: district.base_url + path,
    crumbs: visit.kind === 'home' ? [] : [{ name: '首页', path: '/' }, ...trail],
    correct: correctPath(school, path),
  }
}

function schoolOf({ kind, view }: Visit): string {
  if (kind === 'article') return view.article.school.code
  return 'school' in view && view.school ? view.school.code : ''
}

// correctPath leads to the page's school, or to the bureau.
function correctPath(school: string, page: string): string {
  const path = school ? `/s/${school}/correct` : '/correct'
  return !page || page === path ? path : `${path}?page=${encodeURIComponent(page)}`
}

function describe(visit: Visit): { title: string; path: string; trail: Crumb[] } {
  switch (visit.kind) {
    case 'home':
      return { title: '', path: '/', trail: [] }
    case 'schools':
      return here('机构查询', '/schools')
    case 'search':
      return here('全文检索', '/search')
    case 'sitemap':
      return here('网站地图', '/sitemap')
    case 'privacy':
      return here('隐私声明', '/privacy')
    case 'figures':
      return here('公开情况统计', '/figures')
    case 'track':
      return here('查询办理进度', '/track')
    case 'letter': {
      const { channel, school, bureau } = visit.view
      const to = school ? [{ name: school.short_name, path: `/s/${school.code}` }] : []
      return {
        title: `${channel.name} - ${school?.name ?? bureau}`,
        path: (school ? `/s/${school.code}` : '') + letterPages[channel.code],
        trail: [...to, { name: channel.name, path: '' }],
      }
    }
    case 'opinion':
      return here('征求意见', '/opinion')
    case 'apply': {
      const { code, name, short_name } = visit.view.school
      return {
        title: `申请公开信息 - ${name}`,
        path: `/s/${code}/apply`,
        trail: [
          { name: short_name, path: `/s/${code}` },
          { name: '申请公开信息', path: '' },
        ],
      }
    }
    case 'school': {
      const { code, name, short_name } = visit.view.school
      return { title: name, path: `/s/${code}`, trail: [{ name: short_name, path: '' }] }
    }
    case 'column': {
      const { school, column, page } = visit.view
      return {
        title: `${column.name} - ${school.name}`,
        path: `/s/${school.code}/${column.code}${page > 1 ? `?page=${page}` : ''}`,
        trail: [
          { name: school.short_name, path: `/s/${school.code}` },
          { name: column.name, path: '' },
        ],
      }
    }
    case 'article': {
      const { id, title, school, column } = visit.view.article
      return {
        title: `${title} - ${school.name}`,
        path: `/a/${id}`,
        trail: [
          { name: school.short_name, path: `/s/${school.code}` },
          { name: column.name, path: `/s/${school.code}/${column.code}` },
          { name: '正文', path: '' },
        ],
      }
    }
    case 'notfound':
      return { title: '页面没有找到', path: '', trail: [] }
    case 'error':
      return { title: '页面暂时打不开', path: '', trail: [] }
  }
}

const letterPages: Readonly<Record<string, string>> = { consultation: '/ask', mailbox: '/mailbox', erratum: '/correct', appeal: '/appeal' }

function here(name: string, path: string) {
  return { title: name, path, trail: [{ name, path: '' }] }
}
