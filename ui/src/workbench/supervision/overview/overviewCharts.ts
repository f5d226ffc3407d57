import type { FigureChange, ShareChange, SupervisionTrend, TrendSeries } from '../../../shared/api/supervision.gen'
import { cell } from '../chart/dataTable'
import type { DataTable } from '../chart/dataTable'
import { acrossOption, linesOption, uprightOption } from '../chart/options'
import type { ChartOption } from '../chart/echarts'
import { complianceNames, countOf, named, percent, share } from '../figureWords'
import type { RouteLocationRaw } from 'vue-router'

/** A Drawing is what FigureChart is given: the same figures as a picture and as a table. */
export interface Drawing {
  says: string
  option: ChartOption
  table: DataTable
  height: number
}

type LinkTo = (figure: string) => RouteLocationRaw | null

const across = (lines: number, series: number) => 60 + lines * (series > 1 ? 46 : 34)

/** shareDrawing compares shares with a month ago. */
export function shareDrawing(lines: readonly ShareChange[], names: readonly string[], before: string, link: LinkTo, figureOf: Record<string, string>): Drawing {
  const shown = names.flatMap((name) => named(lines, name) ?? [])
  const series = [{ name: '现在', values: shown.map(percent) }]
  if (before) series.push({ name: before, values: shown.map((line) => line.before && percent(line.before)) })
  return {
    says: shown.map((line) => `${line.label} ${share(line)}`).join('，'),
    option: acrossOption(shown.map(({ label }) => label), series, '%'),
    table: {
      head: ['指标', '现在', before || '以前'],
      rows: shown.map((line) => [
        cell(line.label),
        cell(share(line), link(figureOf[line.name] ?? '')),
        cell(line.before ? share(line.before) : null),
      ]),
    },
    height: across(shown.length, series.length),
  }
}

const kinds = [
  { name: '申请', of: 'requests', closed: 'answered' },
  { name: '来信', of: 'letters', closed: 'answered' },
  { name: '督办整改', of: 'orders', closed: 'closed' },
]

/** overdueDrawing is what had to be done: done this year, and what is still open. */
export function overdueDrawing(figures: readonly FigureChange[], link: LinkTo): Drawing {
  const lines = kinds.map(({ name, of, closed }) => {
    const [done, onTime, open, overdue] = [`${of}_${closed}`, `${of}_on_time`, `${of}_open`, `${of}_overdue`].map((figure) => countOf(figures, figure)) as [number, number, number, number]
    return { name, of, closed, done, onTime, open, overdue }
  })
  const series = [
    { name: '按时办结', values: lines.map((l) => l.onTime) },
    { name: '逾期办结', values: lines.map((l) => l.done - l.onTime) },
    { name: '在办', values: lines.map((l) => l.open - l.overdue) },
    { name: '在办已超期', values: lines.map((l) => l.overdue) },
  ]
  return {
    says: lines.map((l) => `${l.name}：今年办结 ${l.done} 件，其中按时 ${l.onTime} 件；在办 ${l.open} 件，其中超期 ${l.overdue} 件`).join('；'),
    option: acrossOption(lines.map(({ name }) => name), series, '件', true),
    table: {
      head: ['事项', '应办', '今年办结', '其中按时', '在办', '其中超期'],
      rows: lines.map((l) => [
        cell(l.name),
        cell(l.done + l.open),
        cell(l.done, link(`${l.of}_${l.closed}`)),
        cell(l.onTime, link(`${l.of}_on_time`)),
        cell(l.open, link(`${l.of}_open`)),
        cell(l.overdue, link(`${l.of}_overdue`)),
      ]),
    },
    height: across(3, 2),
  }
}

const duties = [
  { figure: 'waiting_editor', duty: '信息编辑员', does: '修改退回的信息' },
  { figure: 'waiting_reviewer', duty: '审核员', does: '初审' },
  { figure: 'waiting_secrecy', duty: '保密审查员', does: '保密审查' },
  { figure: 'waiting_principal', duty: '校长', does: '复审' },
  { figure: 'requests_open', duty: '专管员', does: '办理申请' },
  { figure: 'letters_open', duty: '来信承办人', does: '答复来信' },
]

/** workDrawing is how much waits for people of each duty. */
export function workDrawing(figures: readonly FigureChange[], before: string, link: LinkTo): Drawing {
  const lines = duties.map((one) => ({ ...one, count: countOf(figures, one.figure), then: named(figures, one.figure)?.before ?? null }))
  return {
    says: lines.map((l) => `${l.duty} ${l.count} 件`).join('，'),
    option: acrossOption(lines.map(({ duty }) => duty), [{ name: '待办', values: lines.map(({ count }) => count) }], '件'),
    table: { head: ['职责', '等着', '现在', before || '以前'], rows: lines.map((l) => [cell(l.duty), cell(l.does), cell(l.count, link(l.figure)), cell(l.then)]) },
    height: across(lines.length, 1),
  }
}

/** stepName is a step of a trend as a chart writes it. */
export const stepName = (day: string, every: string): string => (every === 'month' ? day.slice(0, 7) : day)

const of = (trend: SupervisionTrend, name: string): TrendSeries | undefined => trend.series.find((line) => line.name === name)

/** trendDrawing are shares over time. */
export function trendDrawing(trend: SupervisionTrend, names: readonly string[] = complianceNames): Drawing {
  const shown = names.flatMap((name) => of(trend, name) ?? [])
  const days = trend.days.map((day) => stepName(day, trend.every))
  const unit = shown[0]?.unit ?? ''
  const value = (line: TrendSeries, i: number) => (line.points[i]!.known ? (line.is_share ? percent(line.points[i]!) : line.points[i]!.part) : null)
  return {
    says: shown.map((line) => `${line.label}：${days.length > 0 ? `从 ${days[0]} 的 ${inWords(line, 0)} 到 ${days[days.length - 1]} 的 ${inWords(line, days.length - 1)}` : '没有数据'}`).join('；'),
    option: linesOption(days, shown.map((line) => ({ name: line.label, values: days.map((_, i) => value(line, i)) })), unit),
    table: { head: ['时间', ...shown.map(({ label }) => label)], rows: days.map((day, i) => [cell(day), ...shown.map((line) => cell(inWords(line, i)))]).reverse() },
    height: 320,
  }
}

function inWords(line: TrendSeries, i: number): string {
  const point = line.points[i]!
  if (!point.known) return '—'
  return line.is_share ? share(point) : `${point.part} ${line.unit}`
}

/** ratingDrawing is how people rated, month by month. */
export function ratingDrawing(trend: SupervisionTrend, link: LinkTo): Drawing {
  const [all, good] = [of(trend, 'ratings'), of(trend, 'ratings_satisfied')]
  const months = trend.days.map((day, i) => {
    const known = Boolean(all?.points[i]?.known && good?.points[i]?.known)
    const [whole, part] = known ? [all!.points[i]!.part, good!.points[i]!.part] : [0, 0]
    return { name: stepName(day, trend.every), known, whole, part }
  })
  const sum = months.reduce((total, { part, whole }) => ({ part: total.part + part, whole: total.whole + whole }), { part: 0, whole: 0 })
  return {
    says: `这段时间的评价 ${sum.whole} 次，满意率 ${share(sum)}`,
    option: uprightOption(months.map(({ name }) => name), [
      { name: '满意', values: months.map(({ known, part }) => (known ? part : null)) },
      { name: '不满意', values: months.map(({ known, part, whole }) => (known ? whole - part : null)) },
    ], '次'),
    table: {
      head: ['月份', '评价', '满意', '不满意', '满意率'],
      rows: [
        ...months.map((m) => [cell(m.name), cell(m.known ? m.whole : null), cell(m.known ? m.part : null), cell(m.known ? m.whole - m.part : null), cell(share(m))]).reverse(),
        [cell('合计'), cell(sum.whole, link('ratings')), cell(sum.part), cell(sum.whole - sum.part), cell(share(sum))],
      ],
    },
    height: 240,
  }
}
