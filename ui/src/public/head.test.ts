import { describe, expect, it } from 'vitest'
import type { District } from '../shared/api/open'
import { headOf } from './head'
import type { Visit } from './visit'

const district = { site_name: '平台', base_url: 'https://example.cn' } as District
const school = { code: 's1', name: '第一小学', short_name: '一小' }
const column = { code: 'A0101', name: '指南' }

describe('headOf', () => {
  it.each([
    ['home is the platform itself', { kind: 'home', view: {} }, '平台', '/', ''],
    ['a page of its own name', { kind: 'schools', view: {} }, '机构查询 - 平台', '/schools', '首页/机构查询'],
    ['a school', { kind: 'school', view: { school } }, '第一小学 - 平台', '/s/s1', '首页/一小'],
    ['a column, first page', { kind: 'column', view: { school, column, page: 1 } }, '指南 - 第一小学 - 平台', '/s/s1/A0101', '首页/一小/指南'],
    ['a column, further page', { kind: 'column', view: { school, column, page: 3 } }, '指南 - 第一小学 - 平台', '/s/s1/A0101?page=3', '首页/一小/指南'],
    ['an article', { kind: 'article', view: { article: { id: 'x', title: '题', school, column } } }, '题 - 第一小学 - 平台', '/a/x', '首页/一小/指南/正文'],
    ['nothing found', { kind: 'notfound', view: {} }, '页面没有找到 - 平台', '', '首页'],
  ])('%s', (_, visit, title, path, trail) => {
    const head = headOf(visit as unknown as Visit, district)
    expect([head.title, head.canonical, head.crumbs.map((crumb) => crumb.name).join('/')]).toEqual([title, `https://example.cn${path}`, trail])
  })
})
