import { gradeNames, indicatorNames } from '../../../shared/api/scores.gen'
import type { CardLine, Indicator, Item, Line, ScoreCard, ScoreObjection, WeightSet } from '../../../shared/api/scores.gen'

/** pointsWord writes tenths of a point: 985 is 98.5. */
export const pointsWord = (tenths: number): string => (tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1))

/** tenthsOf reads points as people write them; NaN of what is none, or is finer than a tenth. */
export const tenthsOf = (text: string): number => (/^\d{1,3}(\.\d)?$/.test(text.trim()) ? Math.round(Number(text) * 10) : NaN)

/** monthWord: 2026 年 11 月. */
export const monthWord = (month: string): string => `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月`

export const gradeWord = (grade: string): string => (grade in gradeNames ? gradeNames[grade as keyof typeof gradeNames] : '')

export const lineName = (code: string): string => `${code} ${indicatorNames[code] ?? ''}`

/** lostWord says what cost points, at most three lines. */
export function lostWord(lost: readonly CardLine[]): string {
  const first = lost.slice(0, 3).map(({ code, points }) => `${lineName(code)} −${pointsWord(points)}`)
  return first.join('；') + (lost.length > 3 ? ` 等 ${lost.length} 项` : '')
}

/** resultWord says what came of a line. */
export function resultWord(line: Line, indicator: Indicator): string {
  if (!line.measured) return '未测'
  if (indicator.group === '') return line.veto ? '否决' : '通过'
  if (line.points === 0) return '不扣分'
  return `扣 ${pointsWord(line.points)} 分`
}

/** hitsWord says how often what was found. */
export function hitsWord(line: Line, indicator: Indicator): string {
  return line.hits
    .map(({ key, count, each }) => {
      const name = indicator.hits.find((hit) => hit.key === key)?.name ?? key
      return `${name} ${count} ${indicator.unit}${each > 0 ? `，每${indicator.unit} ${pointsWord(each)} 分` : ''}`
    })
    .join('；')
}

/** linkOf is where an item opens: a page of the workbench as to, another one as href; nothing if it opens nowhere. */
export function linkOf(item: Item, school: string): { to?: string; href?: string } {
  switch (item.kind) {
    case 'article':
    case 'finding':
      return { to: `/articles/${item.id}` }
    case 'request':
      return { to: `/requests/${item.id}` }
    case 'inquiry':
      return { to: `/inquiries/${item.id}` }
    case 'column':
      return { href: `/s/${school}/${item.id}` }
    case 'probe':
      return { to: `/supervision/probes?school=${school}&view=${item.id}` }
    default:
      return item.id ? { href: item.id } : {}
  }
}

/** objectionOf is the newest objection to a line of the card that is shown. */
export const objectionOf = (card: ScoreCard, code: string): ScoreObjection | undefined => card.objections.filter((one) => one.code === code).at(-1)

/** canObject tells whether a school may object to a line: once while the month runs, and once to what was issued. */
export const canObject = (card: ScoreCard, line: Line): boolean =>
  card.may_object && (line.veto || line.points - line.back > 0) && !card.objections.some((one) => one.code === line.code && one.running === card.running)

/** standingOf says where an objection is. */
export function standingOf(one: ScoreObjection): string {
  if (!one.decided) return one.overdue ? `等待答复，已超过期限 ${one.due}` : `等待答复，期限 ${one.due}`
  if (!one.accepted) return '未采纳'
  return one.back > 0 ? `已采纳，返还 ${pointsWord(one.back)} 分` : '已采纳，撤销否决'
}

/** WeightsForm are weights as a form holds them: by the field that a problem is told at. */
export type WeightsForm = Record<string, string>

/** weightsForm begins a form with a set. */
export function weightsForm(set: WeightSet): WeightsForm {
  const form: WeightsForm = {}
  for (const [group, points] of Object.entries(set.groups)) form[`groups.${group}`] = pointsWord(points)
  for (const [code, line] of Object.entries(set.lines)) {
    form[`${code}.most`] = pointsWord(line.most)
    for (const [key, points] of Object.entries(line.hits)) form[`${code}.hits.${key}`] = pointsWord(points)
  }
  return form
}

/** weightsBody is what the form says; -1 stands for what is no number of points, so that the server names the field. */
export function weightsBody(form: WeightsForm): { groups: Record<string, number>; lines: Record<string, { most: number; hits: Record<string, number> }> } {
  const groups: Record<string, number> = {}
  const lines: Record<string, { most: number; hits: Record<string, number> }> = {}
  for (const [field, text] of Object.entries(form)) {
    const points = Number.isNaN(tenthsOf(text)) ? -1 : tenthsOf(text)
    const [first, part, key] = field.split('.')
    if (first === 'groups') {
      groups[part!] = points
      continue
    }
    const line = (lines[first!] ??= { most: 0, hits: {} })
    if (part === 'most') line.most = points
    else line.hits[key!] = points
  }
  return { groups, lines }
}

/** groupSum is what the groups of a form add up to, in tenths. */
export const groupSum = (form: WeightsForm): number =>
  Object.entries(form).filter(([field]) => field.startsWith('groups.')).reduce((sum, [, text]) => sum + (tenthsOf(text) || 0), 0)
