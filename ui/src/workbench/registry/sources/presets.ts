import type { Field } from '../../../shared/api/registry.gen'
import type { Given } from './sourceForm'

/** A Preset is a source that only needs its address and a look at its mapping. */
export interface Preset {
  code: string
  name: string
  hint: string
  given: Given
}

const itself = (...words: string[]) => Object.fromEntries(words.map((word) => [word, word]))
const ownership: Record<string, string> = { ...itself('公办', '民办'), 教育部门: '公办', 民办学校: '民办' }
const plain = (...from: string[]): Field => ({ from })
const nobody = { auth: {}, since: {}, good: {} }

/** presets are what a new source may begin with. */
export const presets: Preset[] = [
  {
    code: 'page',
    name: '区机构查询平台网页',
    hint: '机构查询列表页：按页码翻页，可按学段、街镇、等级、办学性质和校名筛选。列的顺序各区不同，填好地址后先试读，再核对对照。',
    given: {
      name: '区机构查询平台',
      config: {
        ...nobody,
        kind: 'html',
        params: ['tm_id', 'xdfl', 'sdjd', 'djjb', 'jbzlx', 'xxmc'].map((name) => ({ name, values: [''] })),
        paging: { way: 'page', param: 'cur_page', first: 1 },
        pace: 2,
        rows: 'table tr:has(td)',
        fields: { name: plain('td:nth-child(1)'), stages: plain('td:nth-child(2)'), town: plain('td:nth-child(3)'), level: plain('td:nth-child(4)'), ownership: { from: ['td:nth-child(5)'], values: ownership } },
      },
    },
  },
  {
    code: 'json',
    name: 'JSON 接口',
    hint: '来源方提供接口时用。填好地址后试读，从来源给出的项目里选。',
    given: {
      config: {
        ...nobody, kind: 'json', paging: { first: 1 },
        fields: { code: plain('code'), name: plain('name'), stages: plain('stage'), ownership: { from: ['ownership'], values: ownership }, town: plain('town'), address: plain('address'), phone: plain('phone') },
      },
    },
  },
  {
    code: 'oneroster',
    name: 'OneRoster 1.2',
    hint: '国际通用的教育数据标准。编号、名称、代码和状态自动对应；地址、电话等按来源的扩展项补充。',
    given: { config: { ...nobody, kind: 'oneroster', auth: { sign: 'oauth2' }, paging: { first: 0 } } },
  },
  {
    code: 'file',
    name: 'CSV 或 XLSX 文件',
    hint: '来源方只给表格时用。标题是“学校名称”“学校代码”“学段”“地址”“电话”等的自动对应，不用填对照。',
    given: { config: { ...nobody, kind: 'file', paging: { first: 0 } } },
  },
]
