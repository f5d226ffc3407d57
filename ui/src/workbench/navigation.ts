import { registryTabsOf } from './registry/tabs'
import { tabsOf } from './supervision/tabs'
import type { StaffRecord } from './types'

export type Duty = StaffRecord['duties'][number]

export interface NavigationLink {
  name: string
  text: string
}

/** navigation is what a person has to do with, by duty; everybody may name their own stand-in among the staff. */
export function navigation(person: { readonly school: string; readonly duties: readonly Duty[] } | null): NavigationLink[] {
  if (!person) return []
  const isBureau = person.school === ''
  const has = (...duties: Duty[]) => duties.some((duty) => person.duties.includes(duty))
  const links = [
    { name: 'inbox', text: '待办', show: true },
    { name: 'articles', text: '信息', show: true },
    { name: 'requests', text: '依申请公开', show: isBureau ? has('supervisor') : has('clerk', 'officer', 'secrecy_reviewer', 'principal') },
    { name: 'inquiries', text: '来信', show: isBureau ? has('supervisor', 'reviewer') : has('clerk', 'officer', 'principal') },
    { name: 'request-statistics', text: '申请统计', show: isBureau ? has('supervisor') : has('clerk', 'officer', 'secrecy_reviewer', 'principal') },
    { name: 'inquiry-overview', text: '来信统计', show: isBureau ? has('supervisor') : has('clerk', 'officer', 'principal') },
    ...tabsOf(person).slice(0, 1).map(({ name }) => ({ name, text: '考核监督', show: true })),
    ...registryTabsOf(person).slice(0, 1).map(({ name }) => ({ name, text: '数据共享', show: true })),
    { name: 'broadcasts', text: '区级下发', show: isBureau && has('supervisor') },
    { name: 'words', text: '错敏词', show: isBureau && has('supervisor', 'reviewer', 'secrecy_reviewer') },
    { name: 'rules', text: '审核规则', show: isBureau && has('supervisor', 'reviewer', 'secrecy_reviewer') },
    { name: 'request-settings', text: '申请设置', show: isBureau && has('supervisor', 'admin') },
    { name: 'inquiry-settings', text: '来信设置', show: isBureau && has('supervisor') },
    { name: 'survey', text: '满意度调查', show: isBureau ? has('supervisor') : has('editor', 'reviewer', 'secrecy_reviewer', 'principal', 'clerk', 'officer', 'admin') },
    { name: 'audit', text: '审计', show: isBureau && has('auditor') },
    { name: 'embed', text: '学校网站', show: !isBureau && has('editor', 'admin') },
    { name: 'staff', text: '人员', show: true },
  ]
  return links.filter(({ show }) => show).map(({ name, text }) => ({ name, text }))
}
