import type { LocationQuery } from 'vue-router'
import type { ProbeDay, ProbeLine, ProbeRun } from '../../../shared/api/probes.gen'
import { visitBounds } from '../../../shared/api/probes.gen'

/** ProbesAsk is what the page is asked to show. */
export interface ProbesAsk {
  school: string // code; '' are all
  view: string // '' to be dealt with, suspect, outside, visits
  page: number
}

export const views = [
  { value: '', label: '要处理的链接' },
  { value: 'suspect', label: '待复查' },
  { value: 'outside', label: '外部链接' },
  { value: 'visits', label: '访问情况' },
] as const

const one = (value: LocationQuery[string] | undefined): string => (typeof value === 'string' ? value : '')

/** askFrom reads the address; what it does not know is left out. */
export function askFrom(query: LocationQuery): ProbesAsk {
  const view = one(query.view)
  return { school: one(query.school), view: views.some(({ value }) => value === view) ? view : '', page: Math.max(1, Math.trunc(Number(one(query.page))) || 1) }
}

/** queryOf is the address of what is asked. */
export function queryOf(ask: ProbesAsk): Record<string, string> {
  return { ...(ask.school && { school: ask.school }), ...(ask.view && { view: ask.view }), ...(ask.page > 1 && { page: String(ask.page) }) }
}

/** lasts is a duration as people say it; of visits it is the upper end of a group. */
export function lasts(ms: number): string {
  if (ms > visitBounds.fails) return '超过 15 秒'
  return ms < 1000 ? `${ms} 毫秒` : `${Number((ms / 1000).toFixed(1))} 秒`
}

/** failedShare is how many visits failed, with what that is a share of. */
export function failedShare(line: { failed: number; visits: number }): string {
  if (line.visits === 0) return '未测'
  return `${Number(((100 * line.failed) / line.visits).toFixed(1))}%（${line.failed}/${line.visits} 次）`
}

/** isOutOfReach and isSlow are the two limits: a twentieth of the visits failed, or took over six seconds. */
export const isOutOfReach = (line: { failed: number; visits: number }): boolean => line.visits > 0 && line.failed * 20 >= line.visits
export const isSlow = (line: { slow: number; visits: number }): boolean => line.slow * 20 > line.visits

/** toDo is how many links of a school are to be dealt with. */
export const toDo = (line: ProbeLine): number => line.home_broken + line.broken + line.files_broken + line.foreign + line.wechat

/** runWords tells how far a run is. */
export function runWords(run: ProbeRun): string {
  if (run.state === 'cancelled') return '已停止，已经查到的仍然保留'
  const outside = run.alone ? '；服务器不能访问外部网络，外部链接没有检查' : run.asked > 0 ? `；检查外部链接 ${run.asked} 个` : ''
  if (run.state === 'done') return `检查完成${outside}`
  return { homes: '正在检查各校首页', pages: '正在检查信息中的链接和附件', external: '正在检查外部链接' }[run.phase] ?? '正在检查'
}

export const percentOf = (run: ProbeRun): number => (run.total > 0 ? Math.min(100, Math.round((100 * run.done) / run.total)) : 0)

/** tallest is what the bars of days are measured against. */
export const tallest = (days: readonly ProbeDay[]): number => Math.max(1, ...days.map((day) => day.within))
