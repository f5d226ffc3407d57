import type { Duty } from '../navigation'
import type { Tab } from '../supervision/tabs'

// Who changes, who accepts, who reads: the routes decide, this only shows the way.
const bureau: readonly Duty[] = ['admin', 'supervisor', 'reviewer', 'auditor']
const school: readonly Duty[] = ['admin', 'clerk', 'officer', 'principal', 'editor']

/** tabs are the pages of 数据共享 in the order in which they are shown. A page adds its line. */
export const tabs: readonly Tab[] = [
  { name: 'registry-schools', text: '学校资料', bureau, school },
  { name: 'registry-changes', text: '变更审核', bureau, school: [] },
  { name: 'registry-sources', text: '对接来源', bureau, school: [] },
  { name: 'registry-push', text: '推送', bureau, school: [] },
  { name: 'registry-batches', text: '旧站迁入', bureau: ['admin', 'supervisor'], school: [] },
]

/** registryTabsOf are those that a person sees. */
export function registryTabsOf(person: { readonly school: string; readonly duties: readonly Duty[] } | null): Tab[] {
  if (!person) return []
  return tabs.filter((tab) => (person.school === '' ? tab.bureau : tab.school).some((duty) => person.duties.includes(duty)))
}
