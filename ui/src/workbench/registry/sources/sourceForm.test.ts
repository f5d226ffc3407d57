import { describe, expect, it } from 'vitest'
import type { Config, NamedCode, RegistryRule, RegistryTrial } from '../../../shared/api/registry.gen'
import type { Values } from '../../requests/fields'
import { emptyRow, foundOf, mappingOf, newWords, placeWord, rowsOf, titled, withTitled } from './mappingRows'
import { presets } from './presets'
import { usualShares } from '../../../shared/api/registry.gen'
import { changeOf, configOf, formOf } from './sourceForm'
import { faultProblem, labelsFor, scheduleWord } from './sourceWords'

const order: NamedCode[] = [{ code: 'code', name: '学校代码' }, { code: 'name', name: '学校名称' }, { code: 'stages', name: '学段' }, { code: 'phone', name: '电话' }]
const json: Config = {
  kind: 'json', url: 'https://registry.example/orgs', params: [{ name: 'xdfl', values: ['', '19'] }],
  auth: { sign: 'oauth2', user: 'gongkai', token_url: 'https://registry.example/token', scopes: ['a', 'b'] }, paging: { way: 'page', param: 'page', first: 1, size: 100, total: 'data.total' }, since: {},
  good: { path: 'code', values: ['0', '200'], reason: 'message' }, pace: 0.5, rows: 'data.list',
  fields: { name: { from: ['orgName'] }, phone: { from: ['tel', 'tel2'], join: '；', match: '(\\d+)' }, stages: { param: 'xdfl', values: { 19: '小学' } }, town: { const: '江川路街道' } },
}
const html: Config = { kind: 'html', url: 'https://registry.example/list.jsp', auth: {}, paging: { way: 'link', first: 0, next: 'a.next' }, since: {}, good: {}, rows: 'tr', detail: 'a', fields: { name: { from: ['a'] }, website: { attr: 'href' }, phone: { from: ['.tel'], detail: true }, code: { from: [''] } } }

describe('the form of a source', () => {
  it.each([['JSON', json], ['HTML', html]])('gives back the configuration it was made of: %s', (_, config) => {
    expect(configOf(formOf({ config }, order))).toEqual(config)
  })

  it.each(presets)('gives back what the preset $code says', ({ given }) => {
    const { params, fields, ...rest } = configOf(formOf(given, order))
    expect({ ...rest, ...(params && { params }), ...(fields && { fields }) }).toEqual(given.config)
  })

  it('leaves out what another kind or choice asks for', () => {
    const form = formOf({ config: json }, order)
    form.values['config.auth.sign'] = '-'
    form.values['config.paging.way'] = '-'
    expect(configOf(form)).toMatchObject({ auth: {}, paging: { first: 1 } })
    form.values['config.kind'] = 'file'
    expect(configOf(form)).toMatchObject({ kind: 'file', auth: {}, paging: { first: 1 }, good: {} })
    expect(configOf(form)).not.toHaveProperty('url')
    expect(configOf(form)).not.toHaveProperty('params')
  })

  it('keeps a secret that is not typed, replaces one that is, and takes one away when told', () => {
    const form = formOf({ config: json }, order)
    expect(changeOf(form).secret).toBeNull()
    form.forgetsSecret = true
    expect(changeOf(form).secret).toBe('')
    form.secret = 's3cret'
    expect(changeOf(form).secret).toBe('s3cret')
  })

  it('shows limits in per cent and keeps them as shares', () => {
    const form = formOf({ config: json }, order)
    expect(form.values['shares.ended.most']).toBe(5)
    expect(changeOf(form).shares).toEqual(usualShares)
    form.values['shares.ended.most'] = 7
    expect(changeOf(form).shares?.ended).toEqual({ most: 0.07, least: 3 })
  })

  it('reads a rule that names no basis', () => {
    const rules = JSON.parse('[{"name":"电话","kind":"update","field":"phone","basis":null}]') as RegistryRule[]
    expect(changeOf(formOf({ config: json, rules }, order)).rules).toEqual([{ name: '电话', kind: 'update', field: 'phone', basis: [] }])
  })

  it('says which part of the district a source lists, and nothing where it lists all', () => {
    const form = formOf({ config: { ...json, scope: { stages: ['幼儿园', '小学'] } } }, order)
    expect(form.values['config.scope.stages']).toBe('幼儿园 小学')
    form.values['config.scope.towns'] = ' 七宝镇 '
    expect(configOf(form).scope).toEqual({ stages: ['幼儿园', '小学'], towns: ['七宝镇'] })
    expect(configOf(formOf({ config: json }, order))).not.toHaveProperty('scope')
  })

  it('keeps a parameter of an address that was copied, where the row beside it is empty', () => {
    const form = formOf({ config: { ...html, url: 'https://registry.example/list.jsp?cur_page=1&tm_id=475&xdfl=19&sdjd=', params: ['tm_id', 'xdfl', 'sdjd'].map((name) => ({ name, values: [name === 'xdfl' ? '21' : ''] })) } }, order)
    expect(configOf(form).params).toEqual([{ name: 'xdfl', values: ['21'] }, { name: 'sdjd', values: [''] }])
  })

  it('lets the server refuse a pace that is no number', () => {
    const form = formOf({ config: json }, order)
    form.values['config.pace'] = '快'
    expect(configOf(form).pace).toBe(-1)
    form.values['config.pace'] = ''
    expect(configOf(form)).not.toHaveProperty('pace')
  })
})

describe('the rows of a mapping', () => {
  it('stand in our order, unknown fields last', () => {
    expect(rowsOf({ x: { from: ['x'] }, name: { from: ['n'] }, code: { from: ['c'] } }, order).map(({ field }) => field)).toEqual(['code', 'name', 'x'])
  })

  it('keep a field that comes from nowhere, for the server to name it, and drop empty words', () => {
    const row = { ...emptyRow('phone'), values: [{ theirs: ' ', ours: '' }, { theirs: '甲 ', ours: ' 乙' }] }
    expect(mappingOf([row], 'json')).toEqual({ phone: { from: [''], values: { 甲: '乙' } } })
  })

  it('leave out a name that is offered and empty where names are found', () => {
    expect(mappingOf([emptyRow('name')], 'file')).toEqual({})
    expect(mappingOf([emptyRow('name')], 'json')).toEqual({ name: { from: [''] } })
    expect(mappingOf([{ ...emptyRow('name'), from: ['全称'] }, emptyRow('phone')], 'file')).toEqual({ name: { from: ['全称'] }, phone: { from: [''] } })
  })

  it('ask of a page what only pages have', () => {
    const row = { ...emptyRow('website'), attr: 'href', detail: true }
    expect(mappingOf([row], 'html')).toEqual({ website: { attr: 'href', detail: true } })
    expect(mappingOf([row], 'json')).toEqual({ website: { from: [''] } })
  })
})

describe('a try', () => {
  const value = (raw: string, kept: string, problem = '') => ({ line: 1, raw: '', problems: [], values: [{ field: 'stages', label: '学段', raw, value: kept, problem }] })
  const trial = { samples: [value('小学', '小学'), value('初级中学、小学', '', '“初级中学”不在对照表里'), value('', '')] } as unknown as RegistryTrial

  it('shows a row beside what is wrong with all of them', () => {
    expect(foundOf(trial, 'stages', 1)).toEqual({ raw: '初级中学、小学', value: '', problem: '“初级中学”不在对照表里', wrong: 1, filled: 1 })
    expect(foundOf(trial, 'phone', 0)).toBeNull()
    expect(foundOf(null, 'stages', 0)).toBeNull()
  })

  it('offers words that the table has not', () => {
    expect(newWords(trial, { ...emptyRow('stages'), values: [{ theirs: '小学', ours: '小学' }] })).toEqual(['初级中学'])
  })
})

describe('a page with a line of titles', () => {
  const place = (n: number, title: string, field: string, example = '') => ({ name: `td:nth-child(${n})`, title, field, example })
  const places = [place(1, '序号', '', '1'), place(2, '学校名称', 'name', '甲小学'), place(3, '属地街镇', 'town'), place(4, '街镇', 'town')]
  const rows = [{ ...emptyRow('name'), from: ['td:nth-child(1)'] }, { ...emptyRow('level'), from: ['td:nth-child(9)'] }]

  it('says where fields are, the first of two alike', () => {
    expect(titled(rows, places).map(({ title }) => title)).toEqual(['学校名称', '属地街镇'])
    const mended = withTitled(rows, places)
    expect(mended.map(({ field, from }) => `${field} ${from[0]}`)).toEqual(['name td:nth-child(2)', 'level td:nth-child(9)', 'town td:nth-child(3)'])
    expect(titled(mended, places)).toEqual([])
  })

  it('offers a place by what stands there', () => {
    expect(placeWord(places[1]!)).toBe('学校名称：甲小学')
    expect(placeWord({ name: 'org.name', title: 'name', field: 'name', example: '甲小学' })).toBe('org.name：甲小学')
    expect(placeWord({ name: 'b.tel', title: '', field: '', example: '' })).toBe('b.tel')
  })
})

describe('what a try could not read', () => {
  const trial = (fault: string) => ({ fault, sentence: '为什么', samples: [] }) as unknown as RegistryTrial
  const at = (fault: string, form: Values) => faultProblem(trial(fault), form)?.fields[0]?.field

  it('is said at the field where it is mended', () => {
    const form = formOf({ config: json }, order).values
    expect([at('private', form), at('silent', form), at('no_rows', form), at('nameless', form)]).toEqual(['private_allowed', 'config.url', 'config.rows', 'config.fields.name'])
    expect(at('no_entry', { ...form, 'config.auth.sign': '-' })).toBe('config.auth.sign')
    expect(at('expired', { ...form, 'config.auth.sign': 'oauth2' })).toBe('secret')
    expect(at('no_file', { ...form, 'config.kind': 'file' })).toBe('file')
  })

  it('stands at no field where the source is to blame, or where the form has none', () => {
    const form = formOf({ config: json }, order).values
    expect([faultProblem(null, form), faultProblem(trial(''), form), faultProblem(trial('failing'), form)]).toEqual([null, null, null])
    expect(at('silent', { ...form, 'config.kind': 'file' })).toBeUndefined()
  })
})

describe('words', () => {
  it('say when a source is read', () => {
    expect([scheduleWord({ schedule: 'daily', hour: 6, every: 24 }), scheduleWord({ schedule: 'hours', hour: 6, every: 4 }), scheduleWord({ schedule: 'off', hour: 6, every: 4 })]).toEqual(['每天 6 点', '每 4 小时', '由人开始'])
  })

  it('name every path that the server may complain of', () => {
    const fields = ['config.url', 'config.fields.phone.match', 'config.params.1.name', 'rules.0', 'shares.ended', 'name'].map((field) => ({ field, message: '' }))
    expect(Object.values(labelsFor({ status: 400, summary: '', fields }, order))).toEqual(['地址', '字段对照“电话”', '第 2 个请求参数', '第 1 条自动接受的规则', '安全界限', '来源名称'])
  })
})
