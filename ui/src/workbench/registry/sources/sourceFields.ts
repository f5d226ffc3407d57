import type { Field, Values } from '../../requests/fields'

/**
 * A field of the form of a source. Its name is the path by which the server knows it, so that what the server finds wrong
 * stands at the field. when says whether it is asked for; as, how it is kept where that is not how it is written.
 */
export interface SourceField extends Field {
  when?: (form: Values) => boolean
  as?: 'list' | 'percent' | 'decimal'
}

export interface Section {
  title: string
  hint: string
  fields: SourceField[]
  pairs?: true // two fields belong together
}

/** nothing is the choice that is kept as an empty text. */
export const nothing = '-'

type When = (form: Values) => boolean
const is = (path: string, ...values: string[]): When => (form) => values.includes(String(form[path]))
const web = is('config.kind', 'json', 'html', 'oneroster')
const html = is('config.kind', 'html')
const file = is('config.kind', 'file')
const both = (...all: When[]): When => (form) => all.every((one) => one(form))
const asks = is('config.kind', 'json', 'oneroster')
const sign = (...values: string[]) => both(web, is('config.auth.sign', ...values))
const way = (...values: string[]) => both(web, is('config.paging.way', ...values))
const pages = way('page', 'offset', 'cursor')

const name: Section = {
  title: '名称和类型',
  hint: '',
  fields: [
    { name: 'name', label: '来源名称', kind: 'line', max: 60, hint: '本局自己看的名称，例如：区机构查询平台' },
    {
      name: 'config.kind', label: '类型', kind: 'choice', value: 'json', hint: '不清楚时问提供数据的一方：有接口选 JSON，只有网页选网页列表，只有表格选文件。',
      options: [{ value: 'json', label: 'JSON 接口' }, { value: 'html', label: '网页列表' }, { value: 'oneroster', label: 'OneRoster 1.2' }, { value: 'file', label: 'CSV 或 XLSX 文件' }],
    },
    { name: 'active', label: '启用', kind: 'tick', value: true, hint: '停用后不再读取，设置和历史都保留。' },
  ],
}

const address: Section = {
  title: '地址',
  hint: '',
  fields: [
    { name: 'config.url', label: '地址', kind: 'line', when: web, max: 2000, hint: '完整的网址，以 https:// 或 http:// 开头。OneRoster 填 /ims/oneroster 之前的部分。' },
    { name: 'private_allowed', label: '允许访问内网地址', kind: 'tick', when: web, hint: '来源在本局内网（10.、192.168. 等地址）时才勾选。' },
    { name: 'config.folder', label: '服务器上的文件夹', kind: 'line', when: file, optional: true, hint: '来源方定期放文件的文件夹，读取其中最新的一个。不填就每次由人上传。' },
    { name: 'config.files', label: '文件名样式', kind: 'line', when: file, optional: true, hint: '只读符合样式的文件，例如：机构*.xlsx' },
    { name: 'config.sheet', label: '工作表', kind: 'line', when: file, optional: true, hint: 'XLSX 里有几张表时填写，不填读第一张。' },
    { name: 'config.titles', label: '标题在第几行', kind: 'number', when: file, optional: true, hint: '不填就在前 10 行里找有“学校名称”的一行。' },
  ],
}

const authentication: Section = {
  title: '认证',
  hint: '来源要求验明身份时填写。密码和令牌加密保存，任何人都看不到。',
  fields: [
    {
      name: 'config.auth.sign', label: '认证方式', kind: 'choice', when: web, value: nothing,
      options: [
        { value: nothing, label: '不需要认证' }, { value: 'header', label: '请求头里的令牌' }, { value: 'query', label: '地址里的令牌参数' }, { value: 'basic', label: '用户名和密码' },
        { value: 'oauth2', label: 'OAuth2 客户端' },
      ],
    },
    { name: 'config.auth.name', label: '请求头或参数的名称', kind: 'line', when: sign('header', 'query'), hint: '例如 Authorization、X-Api-Key 或 token' },
    { name: 'config.auth.prefix', label: '令牌前面的文字', kind: 'line', when: sign('header'), optional: true, hint: '例如 Bearer，后面要有一个空格' },
    { name: 'config.auth.user', label: '用户名或客户端标识', kind: 'line', when: sign('basic', 'oauth2') },
    { name: 'config.auth.token_url', label: '取令牌的地址', kind: 'line', when: sign('oauth2') },
    { name: 'config.auth.scopes', label: '权限范围', kind: 'line', when: sign('oauth2'), optional: true, as: 'list', hint: '几项之间用空格隔开。OneRoster 可以不填。' },
  ],
}

const paging: Section = {
  title: '翻页',
  hint: '一次给不完时，来源怎样给下一页。OneRoster 不用填。',
  fields: [
    {
      name: 'config.paging.way', label: '翻页方式', kind: 'choice', when: web, value: nothing,
      options: [
        { value: nothing, label: '一次给出全部' }, { value: 'page', label: '按页码（第 1 页、第 2 页）' }, { value: 'offset', label: '按行数（从第 0 行、第 100 行起）' }, { value: 'cursor', label: '按游标' },
        { value: 'link', label: '按“下一页”的地址' },
      ],
    },
    { name: 'config.paging.param', label: '翻页参数', kind: 'line', when: pages, hint: '例如 page、cur_page、offset' },
    { name: 'config.paging.first', label: '从几开始', kind: 'number', when: way('page', 'offset'), hint: '第一页是 1 的填 1，是 0 的填 0。' },
    { name: 'config.paging.size', label: '每页行数', kind: 'number', when: pages, optional: true },
    { name: 'config.paging.size_param', label: '每页行数的参数', kind: 'line', when: pages, optional: true, hint: '例如 page_size、limit' },
    { name: 'config.paging.next', label: '下一页在哪里', kind: 'line', when: way('cursor', 'link'), optional: true, hint: 'JSON 填路径，例如 meta.next；网页填“下一页”链接的选择器。来源用 Link 响应头的不填。' },
    { name: 'config.paging.total', label: '总行数在哪里', kind: 'line', when: web, optional: true, hint: '填了就核对是否读全。JSON 填路径，例如 data.total；网页填写着“共 312 条”的选择器。' },
    { name: 'config.paging.total_header', label: '总行数的响应头', kind: 'line', when: asks, optional: true, hint: '例如 X-Total-Count' },
    { name: 'config.pace', label: '每秒最多请求几次', kind: 'line', when: web, optional: true, as: 'decimal', hint: '0.1 至 50，不填是 10。来源慢或者限流时填小一些。' },
  ],
}

const rows: Section = {
  title: '学校在哪里',
  hint: '',
  fields: [
    { name: 'config.rows', label: '列表的位置', kind: 'line', when: is('config.kind', 'json', 'oneroster'), optional: true, hint: '学校列表在答复里的路径，例如 data.list。整个答复就是列表的不填。' },
    { name: 'config.rows', label: '一行学校的选择器', kind: 'line', when: html, hint: '网页上每所学校对应的一块，例如 table.list tr:has(td)' },
    { name: 'config.detail', label: '详情页链接的选择器', kind: 'line', when: html, optional: true, hint: '电话、地址在学校自己的页面上时填写，例如 a' },
    { name: 'config.good.path', label: '成败标志的路径', kind: 'line', when: is('config.kind', 'json'), optional: true, hint: '出错时仍返回 200 的接口填写，例如 code' },
    { name: 'config.good.values', label: '表示成功的值', kind: 'line', when: both(is('config.kind', 'json'), (form) => Boolean(form['config.good.path'])), as: 'list', hint: '几个值之间用空格隔开，例如 0 200' },
    { name: 'config.good.reason', label: '出错说明的路径', kind: 'line', when: both(is('config.kind', 'json'), (form) => Boolean(form['config.good.path'])), optional: true, hint: '例如 message' },
    { name: 'config.since.param', label: '只读变化的参数', kind: 'line', when: asks, optional: true, hint: '来源能只给某个时间以后变化的学校时填写，例如 updated_since' },
    {
      name: 'config.since.layout', label: '时间的写法', kind: 'choice', when: both(asks, (form) => Boolean(form['config.since.param'])), value: nothing,
      options: [
        { value: nothing, label: '请选择（OneRoster 不用选）' }, { value: 'rfc3339', label: '2026-09-01T08:00:00Z' }, { value: 'date', label: '2026-09-01' }, { value: 'datetime', label: '2026-09-01 08:00:00' },
        { value: 'unix', label: '秒数' }, { value: 'unixms', label: '毫秒数' },
      ],
    },
    { name: 'config.since.template', label: '时间的模板', kind: 'line', when: both(asks, (form) => Boolean(form['config.since.param'])), optional: true, hint: '时间要写在一句话里时填写，用 {since} 代表时间。' },
  ],
}

const schedule: Section = {
  title: '定时读取',
  hint: '定时读取只生成变更集，除了下面“自动接受”写明的，都等人处理。',
  fields: [
    { name: 'schedule', label: '什么时候读', kind: 'choice', value: 'off', options: [{ value: 'off', label: '不定时，由人开始' }, { value: 'daily', label: '每天一次' }, { value: 'hours', label: '每隔几小时' }] },
    { name: 'hour', label: '每天几点', kind: 'number', value: 6, when: is('schedule', 'daily'), hint: '0 至 23' },
    { name: 'every', label: '隔几小时', kind: 'number', value: 24, when: is('schedule', 'hours'), hint: '1 至 168' },
    { name: 'silent_days', label: '几天没有成功就提醒', kind: 'number', value: 7, when: is('schedule', 'daily', 'hours'), hint: '1 至 365 天' },
  ],
}

const share = (key: string, word: string): SourceField[] => [
  { name: `shares.${key}.most`, label: `${word}超过全区的百分之几`, kind: 'number', as: 'percent' },
  { name: `shares.${key}.least`, label: `并且超过几所时暂停${word}`, kind: 'number' },
]

const scope: Section = {
  title: '负责的范围',
  hint: '来源只列一部分学校时填写，例如只有幼儿园或只有民办学校。范围外的学校不会因为名单里没有而消失，范围外的行不采用。都不填是全区。',
  fields: [
    { name: 'config.scope.stages', label: '只列这些学段', kind: 'line', optional: true, as: 'list', hint: '几个之间用空格隔开，例如：幼儿园 小学' },
    { name: 'config.scope.ownerships', label: '只列这些办学性质', kind: 'line', optional: true, as: 'list', hint: '公办或民办' },
    { name: 'config.scope.towns', label: '只列这些街镇', kind: 'line', optional: true, as: 'list', hint: '几个之间用空格隔开' },
  ],
}

const guard: Section = {
  title: '安全界限',
  pairs: true,
  hint: '一次变更太多，多半是来源出了错。同时超过比例和所数时，整个变更集暂停，等人核对以后放行。',
  fields: [...share('opened', '新增'), ...share('ended', '撤并或消失'), ...share('renamed', '更名'), ...share('changed', '变更')],
}

/** sections are the parts of the form; the mapping stands between the rows and the schedule. */
export const sections = { name, address, authentication, paging, rows, scope, schedule, guard }

/** sourceFields are all fields of all sections. */
export const sourceFields: SourceField[] = Object.values(sections).flatMap(({ fields }) => fields)

/** shownFields are those of a section that a form asks for. */
export const shownFields = (section: Section, form: Values): SourceField[] => section.fields.filter(({ when }) => !when || when(form))
