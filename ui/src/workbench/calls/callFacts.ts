import type { FactRow } from '../types'

// A call for opinions stands in the named fields of its article; see pb_hooks/inquiry/opinions_facts.go.

export const callColumn = 'B0602'

/** Ways to take part on the page itself; anything else is written as it is. */
export const ways = ['在本页选择一项', '在本页选择一项，可以填写意见', '在本页填写意见'] as const
const [toChoose, toChooseAndWrite, toWrite] = ways

export interface CallFields {
  question: string
  from: string
  until: string
  way: string // one of the ways, or '' where people take part otherwise
  otherWay: string
  options: string // one a line
  result: string
}

const own = ['主题', '起止日期', '参与方式', '选项', '结果反馈']

/** callOf reads the fields from the rows of an article. */
export function callOf(rows: FactRow[] | null): CallFields {
  const row = rows?.[0] ?? {}
  const [from = '', until = ''] = (row.起止日期 ?? '').split('至').map((day) => day.trim())
  const way = row.参与方式 ?? ''
  const isOurs = (ways as readonly string[]).includes(way)
  return { question: row.主题 ?? '', from, until, way: isOurs ? way : '', otherWay: isOurs ? '' : way, options: row.选项 ?? '', result: row.结果反馈 ?? '' }
}

/** factsOf writes the fields into the rows, and keeps what else stands there. Names are sorted, as the server gives them back. */
export function factsOf(call: CallFields, rows: FactRow[] | null): FactRow[] {
  const { question, from, until, way, otherWay, options, result } = call
  const written: FactRow = {
    主题: question,
    起止日期: from || until ? `${from}至${until}` : '',
    参与方式: way || otherWay,
    选项: takesChoice(way) ? options : '',
    结果反馈: result,
  }
  const others = Object.entries(rows?.[0] ?? {}).filter(([name]) => !own.includes(name))
  const row = [...others, ...Object.entries(written)].map(([name, value]): [string, string] => [name, value.trim()]).filter(([, value]) => value !== '')
  const rest = (rows ?? []).slice(1)
  return row.length > 0 || rest.length > 0 ? [Object.fromEntries(row.sort(([a], [b]) => (a < b ? -1 : 1))), ...rest] : []
}

export const takesChoice = (way: string): boolean => way === toChoose || way === toChooseAndWrite
export const takesText = (way: string): boolean => way === toChooseAndWrite || way === toWrite
