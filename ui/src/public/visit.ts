import type { InjectionKey } from 'vue'
import { inject } from 'vue'
import type { ArticlePage, ColumnPage, District, DistrictFigures, Home, LetterPage, SchoolDetail, SchoolList, SchoolPage, SearchPage, Standard } from '../shared/api/open'

// ErrorView is what the error pages say; see ErrorView in pb_hooks/site.
export interface ErrorView {
  status: number
  detail: string
  tries?: number // how often the app itself has failed to fetch; absent on pages of the server
}

// ApplyView is what the page about an application shows; see ApplyPage in pb_hooks/site.
export type ApplyView = Pick<SchoolPage, 'school'>

// Blank is the view of a page whose own script asks for what it shows.
export type Blank = Record<string, never>

export interface Views {
  home: Home
  schools: SchoolList
  school: SchoolPage
  column: ColumnPage
  article: ArticlePage
  search: SearchPage
  sitemap: Standard
  privacy: Standard
  figures: DistrictFigures
  apply: ApplyView
  letter: LetterPage
  track: Blank
  opinion: Blank
  notfound: ErrorView
  error: ErrorView
}

export type Kind = keyof Views

// Visit is one page as it is shown: what kind, and what it shows.
export type Visit = { [K in Kind]: { kind: K; view: Views[K] } }[Kind]

interface PageData {
  kind: Kind
  district: District
  view: Visit['view']
}

// firstVisit reads what the server wrote into the document. The text of an
// article is not in the data: it stands in the page already.
export function firstVisit(document: Document): { visit: Visit; district: District } {
  const data = JSON.parse(document.getElementById('page-data')?.textContent ?? '') as PageData
  const visit = { kind: data.kind, view: data.view } as Visit
  const body = document.getElementById('article-body')?.innerHTML ?? ''
  if (visit.kind === 'article') visit.view.article.body_html = body
  if (visit.kind === 'column' && visit.view.article) visit.view.article.body_html = body
  return { visit, district: data.district }
}

// withTables puts the tables of an article's text into boxes that scroll and that
// the keyboard reaches, each with a name, as the server does in its pages (func "html").
export function withTables(visit: Visit): Visit {
  const article = visit.kind === 'article' || visit.kind === 'column' ? visit.view.article : null
  if (article) {
    let n = 0
    article.body_html = article.body_html
      .replace(/<table>/g, () => `<div class="table-scroll" tabindex="0" role="region" aria-label="表格 ${++n}"><table>`)
      .replace(/<\/table>/g, '</table></div>')
  }
  return visit
}

// endedSchool is the school of a page, if it was merged or closed.
export function endedSchool({ view }: Pick<Visit, 'view'>): SchoolDetail | null {
  const school = 'school' in view ? view.school : null
  return school && ['merged', 'closed'].includes(school.status) ? school : null
}

export const districtKey: InjectionKey<District> = Symbol('district')

// useDistrict gives what every page says about the platform itself.
export function useDistrict(): District {
  const district = inject(districtKey)
  if (!district) throw new Error('no district was provided')
  return district
}
