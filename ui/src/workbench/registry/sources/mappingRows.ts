import type { Config, Field, NamedCode, Place, RegistryTrial } from '../../../shared/api/registry.gen'

/** A word of the source and ours. */
export interface ValueRow {
  theirs: string
  ours: string
}

/** Where one field of a school comes from, as it is written in the form. */
export interface MappingRow {
  field: string
  how: 'from' | 'param' | 'const'
  from: string[] // paths, selectors or titles; at least one
  join: string
  attr: string
  detail: boolean
  param: string
  const: string
  match: string
  values: ValueRow[]
}

export const emptyRow = (field: string): MappingRow => ({ field, how: 'from', from: [''], join: '', attr: '', detail: false, param: '', const: '', match: '', values: [] })

/** rowsOf are the rows of a mapping, in the order in which fields are shown. */
export function rowsOf(mapping: Config['fields'], order: readonly NamedCode[]): MappingRow[] {
  const named = mapping ?? {}
  const known = order.map(({ code }) => code).filter((code) => code in named)
  const other = Object.keys(named).filter((code) => !known.includes(code))
  return [...known, ...other].map((field) => {
    const { from, values, ...rest } = named[field]!
    const how = rest.param ? 'param' : rest.const ? 'const' : 'from'
    return { ...emptyRow(field), ...rest, how, from: from?.length ? [...from] : [''], values: Object.entries(values ?? {}).map(([theirs, ours]) => ({ theirs, ours })) }
  })
}

/** findsNames are the kinds of source in which the name of a school is found without being mapped. */
export const findsNames = (kind: string): boolean => kind === 'file' || kind === 'oneroster'

/**
 * mappingOf is what the rows say. What is empty is left out, but a field that comes from nowhere: the server says so at it.
 * A name that comes from nowhere is left out where it may be found: its row was offered when it was not.
 */
export function mappingOf(rows: readonly MappingRow[], kind: string): Record<string, Field> {
  const isOffer = ({ field, how, from }: MappingRow) => findsNames(kind) && field === 'name' && how === 'from' && from.every((one) => one.trim() === '')
  return Object.fromEntries(rows.filter((row) => !isOffer(row)).map((row) => [row.field, { ...originOf(row, kind), ...rulesOf(row) }]))
}

function originOf(row: MappingRow, kind: string): Field {
  if (row.how === 'param') return { param: row.param }
  if (row.how === 'const') return { const: row.const.trim() }
  const from = row.from.map((one) => one.trim()).filter((one) => one !== '')
  const page: Field = kind === 'html' ? { ...(row.attr.trim() && { attr: row.attr.trim() }), ...(row.detail && { detail: true }) } : {}
  return { ...(from.length > 0 ? { from } : page.attr ? {} : { from: [''] }), ...(from.length > 1 && row.join && { join: row.join }), ...page }
}

function rulesOf(row: MappingRow): Field {
  const values = row.values.filter(({ theirs, ours }) => theirs.trim() !== '' || ours.trim() !== '')
  return {
    ...(row.match && { match: row.match }),
    ...(values.length > 0 && { values: Object.fromEntries(values.map(({ theirs, ours }) => [theirs.trim(), ours.trim()])) }),
  }
}

/** placeWord is a place as it is offered: what the source calls it, and what stands there. */
export const placeWord = ({ name, title, example }: Place): string => [name.endsWith(title) ? name : title, example].filter(Boolean).join('：')

/** titled are the places whose titles say which field they are, where a mapping takes it from somewhere else. */
export const titled = (rows: readonly MappingRow[], places: readonly Place[]): Place[] =>
  places.filter((one, i) => one.field !== '' && places.findIndex(({ field }) => field === one.field) === i && !rows.some(({ field, how, from }) => field === one.field && how === 'from' && from[0] === one.name))

/** withTitled is a mapping that takes fields from where the titles say. */
export function withTitled(rows: readonly MappingRow[], places: readonly Place[]): MappingRow[] {
  const told = titled(rows, places)
  const at = (field: string) => told.find((one) => one.field === field)
  const fresh = told.filter(({ field }) => !rows.some((row) => row.field === field)).map(({ field }) => emptyRow(field))
  return [...rows, ...fresh].map((row) => ({ ...row, ...(at(row.field) && { how: 'from' as const, from: [at(row.field)!.name] }) }))
}

/** What a try found of one field. */
export interface Found {
  raw: string
  value: string
  problem: string
  wrong: number // rows with a problem
  filled: number // rows with a value
}

/** foundOf is what the rows of a try give for a field, seen at one of them. */
export function foundOf(trial: RegistryTrial | null, field: string, at: number): Found | null {
  const all = (trial?.samples ?? []).map((sample) => sample.values.find((value) => value.field === field))
  const one = all[at]
  if (!one) return null
  return { raw: one.raw, value: one.value, problem: one.problem, wrong: all.filter((value) => value?.problem).length, filled: all.filter((value) => value?.value).length }
}

/** newWords are words that the rows of a try have in a field and its table has not. */
export function newWords(trial: RegistryTrial | null, row: MappingRow): string[] {
  const known = row.values.flatMap(({ theirs, ours }) => [theirs.trim(), ours.trim()])
  const raw = (trial?.samples ?? []).flatMap(({ values }) => values.filter(({ field }) => field === row.field).flatMap((value) => value.raw.split(/[、;；/／|｜,，]/)))
  return [...new Set(raw.map((word) => word.trim()))].filter((word) => word !== '' && !known.includes(word))
}

const stages = ['幼儿园', '小学', '初中', '高中', '九年一贯制', '十二年一贯制', '完全中学', '特殊教育', '中等职业']
const ourWords: Record<string, string[]> = { stages, ownership: ['公办', '民办'], status: ['开办', '筹建', '已合并', '已撤销'], meals: ['是', '否'], boarding: ['是', '否'] }

/** wordsFor are the words that we have for a field; none where any will do. */
export const wordsFor = (field: string): string[] => ourWords[field] ?? []

/** hasWords reports whether a field is usually written with words of the source's own. */
export const hasWords = (field: string): boolean => field in ourWords || field === 'town' || field === 'level'
