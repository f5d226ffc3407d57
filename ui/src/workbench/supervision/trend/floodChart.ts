import type { SupervisionFloods } from '../../../shared/api/supervision.gen'
import { cell } from '../chart/dataTable'
import type { DataTable } from '../chart/dataTable'
import { uprightOption } from '../chart/options'
import { percent, share } from '../figureWords'
import type { Drawing } from '../overview/overviewCharts'

/** even is the share of ten days if every day were like another. */
export const even = (days: number): string => `${(Math.min(1, 10 / days) * 100).toFixed(1)}%`

/** floodDrawing is what was published day by day. */
export function floodDrawing(v: SupervisionFloods): Drawing {
  const most = v.days.reduce((best, one) => (one.count > best.count ? one : best), { day: '', count: 0 })
  const last = v.ends[v.ends.length - 1]
  return {
    says: `共公开 ${v.total} 条，最多的一天是 ${most.day}，${most.count} 条${last ? `；${last.label}占 ${percent(last) ?? 0}%` : ''}`,
    option: uprightOption(v.days.map(({ day }) => day), [{ name: '公开信息', values: v.days.map(({ count }) => count) }], '条'),
    table: { head: ['日期', '公开信息'], rows: v.days.filter(({ count }) => count > 0).map(({ day, count }) => [cell(day), cell(`${count} 条`)]).reverse() },
    height: 240,
  }
}

/** endsTable are the last ten days of each year and of the period, beside what would be even. */
export const endsTable = (v: SupervisionFloods): DataTable => ({
  head: ['时间', '日期', '公开比例', '平均分布时'],
  rows: v.ends.map((end) => [cell(end.label), cell(`${end.from} 至 ${end.to}`), cell(share(end)), cell(even(end.of))]),
})

/** schoolsTable compares the schools of each stage. */
export const schoolsTable = (v: SupervisionFloods, period: { from: string; to: string }): DataTable => ({
  head: ['学校', '学段', '最后十天的比例'],
  rows: v.schools.map(({ school, stage, ratio }) => [
    cell(school.name, { name: 'supervision-trend', query: { school: school.code, ...(period.from && { from: period.from }), ...(period.to && { to: period.to }) } }), cell(stage), cell(share(ratio)),
  ]),
})
