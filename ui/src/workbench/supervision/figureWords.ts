import type { FigureChange, Ratio, ShareChange } from '../../shared/api/supervision.gen'

/** percent is a share in per cent with one decimal, rounded down so that 100 is only what is whole; null of nothing. */
export const percent = ({ part, whole }: Ratio): number | null => (whole > 0 ? Math.floor((1000 * part) / whole) / 10 : null)

/** percentWord is a share as people read it: 96.4%; — of nothing. */
export function percentWord(ratio: Ratio): string {
  const value = percent(ratio)
  return value === null ? '—' : `${value.toFixed(1)}%`
}

/** share is a share with what it is a share of: 96.4%（27／28）. */
export const share = (ratio: Ratio): string => (ratio.whole > 0 ? `${percentWord(ratio)}（${ratio.part}／${ratio.whole}）` : '—')

/** points is by how much a share has changed, in words. */
export function points(now: Ratio, before: Ratio | null): string {
  const [to, from] = [percent(now), before && percent(before)]
  if (to === null || from === null) return '—'
  const change = Math.round(10 * (to - from)) / 10
  if (change === 0) return '持平'
  return `${change > 0 ? '升' : '降'} ${Math.abs(change).toFixed(1)} 个百分点`
}

/** change is by how much a figure has changed, in words. */
export function change({ count, before }: FigureChange): string {
  if (before === null) return '—'
  if (count === before) return '持平'
  return `${count > before ? '增' : '减'} ${Math.abs(count - before)}`
}

/** named finds a line by its name. */
export function named<T extends ShareChange | FigureChange>(lines: readonly T[], name: string): T | undefined {
  return lines.find((line) => line.name === name)
}

/** countOf is a figure, 0 if it is not there. */
export const countOf = (lines: readonly FigureChange[], name: string): number => named(lines, name)?.count ?? 0

/** complianceNames are 栏目规范达标率 and its parts. */
export const complianceNames = ['compliance', 'compliance_exist', 'compliance_filled', 'compliance_fresh', 'compliance_enough']
