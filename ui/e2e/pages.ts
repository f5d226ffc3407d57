import type { APIRequestContext } from '@playwright/test'
import type { ArticleList, ArticlePage, ColumnPage, Group, SchoolList, SchoolPage, SearchPage } from '../src/shared/api/open'

// addresses finds one page of every kind in the demonstration data, through the
// open data, and of every form that a column or an article takes there.
export async function addresses(request: APIRequestContext): Promise<Record<string, string>> {
  const get = async <T>(path: string): Promise<T> => (await (await request.get(path)).json()) as T
  const { items: schools } = await get<SchoolList>('/open/v1/schools')
  const found: Record<string, string> = {
    home: '/',
    schools: '/schools',
    'schools, filtered': `/schools?${new URLSearchParams({ stage: schools[0]!.stages[0]!, ownership: schools[0]!.ownership })}`,
    'schools, none': '/schools?q=zzzz',
    search: '/search',
    'search, nothing found': `/search?q=${encodeURIComponent('不存在的词语')}&from=2020-01-01`,
    'search, too short': '/search?q=%20a',
    sitemap: '/sitemap',
    privacy: '/privacy',
    figures: '/figures',
    track: '/track',
    appeal: '/appeal',
    'correct, district': '/correct',
    opinion: '/opinion',
    notfound: '/s/nowhere',
    error: '/search?from=yesterday',
  }
  for (const { code } of schools) {
    const school = await get<SchoolPage>(`/open/v1/schools/${code}`)
    found[`school, ${school.school.status}`] ??= `/s/${code}`
    found[`apply, ${school.school.status}`] ??= `/s/${code}/apply`
    found[`ask, ${school.school.status}`] ??= `/s/${code}/ask`
    if (school.latest[0]) found[`article, ${school.school.status}`] ??= `/a/${school.latest[0].id}`
    found[`column, ${school.school.status}`] ??= `/s/${code}/A0101`
    if (school.school.status !== 'open') continue
    found.mailbox ??= `/s/${code}/mailbox`
    found.correct ??= `/s/${code}/correct`
    for (const column of columnsOf(school.groups)) {
      const name = `column, ${column.kind}${column.items ? '' : ', empty'}`
      if (found[name]) continue
      const page = await get<ColumnPage>(`/open/v1/schools/${code}/columns/${column.code}`)
      found[name] = `/s/${code}/${column.code}`
      if (page.pages > 1) found['column, page 2'] ??= `/s/${code}/${column.code}?page=2`
      for (const item of page.items.slice(0, 5)) {
        const { article } = await get<ArticlePage>(`/open/v1/articles/${item.id}`)
        const form = article.withdrawn ? 'withdrawn' : article.questions.length ? 'questions' : article.facts ? 'facts' : article.attachments.length ? 'attachments' : 'text'
        found[`article, ${form}`] ??= `/a/${item.id}`
      }
    }
  }
  for (const { id } of (await get<ArticleList>('/open/v1/articles?column=B0602')).items) {
    const { article } = await get<ArticlePage>(`/open/v1/articles/${id}`)
    if (article.call) found[`article, call ${article.call.state}`] ??= `/a/${id}`
  }
  const services = { guide: 'B0101', calendar: 'B0102', form: 'B0201' }
  for (const [name, column] of Object.entries(services)) {
    const { items } = await get<ColumnPage>(`/open/v1/schools/${schools[0]!.code}/columns/${column}`)
    found[`column, ${name}`] = `/s/${schools[0]!.code}/${column}`
    for (const { id } of items) {
      const { article, related } = await get<ArticlePage>(`/open/v1/articles/${id}`)
      const isWhole = name === 'guide' ? related.length > 0 : name === 'calendar' ? article.events.length > 0 : article.version > 1
      if (isWhole) found[`article, ${name}`] ??= `/a/${id}`
    }
  }
  const some = await get<SearchPage>(`/open/v1/search?q=${encodeURIComponent('学校')}`)
  found['search, found'] = `/search?q=${encodeURIComponent('学校')}`
  if (some.pages > 1) found['search, page 2'] = `/search?page=2&q=${encodeURIComponent('学校')}&school=&stage=`
  return found
}

const columnsOf = (groups: Group[]) => groups.flatMap((group) => group.columns)
