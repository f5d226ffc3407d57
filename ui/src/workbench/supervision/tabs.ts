import type { Duty } from '../navigation'

/** A Tab is a page of supervision. */
export interface Tab {
  name: string // of its route
  text: string
  bureau: readonly Duty[] // who of the bureau sees it
  school: readonly Duty[] // who of a school
}

const overseers: readonly Duty[] = ['supervisor', 'reviewer', 'auditor', 'admin']
const leaders: readonly Duty[] = ['principal', 'officer', 'reviewer', 'clerk', 'editor']
export const seenBy = { overseers, leaders, nobody: [] as readonly Duty[] }

// Whoever opens 考核监督 sees first how things stand.
const dashboards: readonly Tab[] = [
  { name: 'supervision', text: '总览', bureau: overseers, school: seenBy.nobody },
  { name: 'supervision-today', text: '今日达标', bureau: seenBy.nobody, school: leaders },
  { name: 'supervision-heat', text: '热力图', bureau: overseers, school: seenBy.nobody },
  { name: 'supervision-trend', text: '趋势', bureau: overseers, school: leaders },
  { name: 'supervision-scores', text: '考核评分', bureau: overseers, school: leaders },
]

/** tabs are the pages of supervision in the order in which they are shown. A page adds its line. */
export const tabs: readonly Tab[] = [
  ...dashboards,
  { name: 'supervision-standard', text: '栏目标准', bureau: overseers, school: leaders },
  { name: 'supervision-exemptions', text: '栏目豁免', bureau: overseers, school: leaders },
  { name: 'supervision-statistics', text: '统计报表', bureau: overseers, school: leaders },
  { name: 'probes', text: '站点检查', bureau: overseers, school: leaders },
  { name: 'supervision-annual', text: '年度报告', bureau: overseers, school: [...leaders, 'secrecy_reviewer'] },
  { name: 'supervision-silence', text: '沉默预警', bureau: overseers, school: leaders },
  { name: 'supervision-responsibility', text: '责任人', bureau: overseers, school: leaders },
  { name: 'orders', text: '督办整改', bureau: overseers, school: leaders },
]

/** tabsOf are those that a person sees. */
export function tabsOf(person: { readonly school: string; readonly duties: readonly Duty[] } | null): Tab[] {
  if (!person) return []
  return tabs.filter((tab) => (person.school === '' ? tab.bureau : tab.school).some((duty) => person.duties.includes(duty)))
}
