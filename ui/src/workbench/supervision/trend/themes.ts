import { complianceNames } from '../figureWords'

/** A Theme are figures that are looked at together: all shares, or all of one unit. */
export interface Theme {
  code: string
  label: string
  names: string[]
  hint: string
}

export const themes: readonly Theme[] = [
  { code: 'compliance', label: '栏目规范达标率', names: complianceNames, hint: '每个点是当月（周、日）最后一天的情况。' },
  { code: 'punctual', label: '按时率', names: ['items_punctual', 'requests_punctual', 'letters_punctual', 'orders_punctual'], hint: '每个点是这段时间内办结、公开的事项中按时的比例；没有事项的时间没有点。' },
  { code: 'satisfaction', label: '满意率', names: ['satisfaction'], hint: '每个点是这段时间内的评价。一所学校评价不足 10 次的时间不显示，以免看出是谁评价的。' },
  { code: 'items', label: '公开信息数量', names: ['items_published'], hint: '每个点是这段时间内首次公开的信息。' },
  { code: 'received', label: '收到的申请和来信', names: ['requests_received', 'letters_received'], hint: '每个点是这段时间内收到的件数。' },
  { code: 'overdue', label: '超期', names: ['requests_overdue', 'letters_overdue', 'orders_overdue'], hint: '每个点是当月（周、日）最后一天还没有办结、期限已过的件数。' },
  { code: 'waiting', label: '待审核', names: ['waiting_editor', 'waiting_reviewer', 'waiting_secrecy', 'waiting_principal'], hint: '每个点是当月（周、日）最后一天等着办理的信息。' },
]

/** themeNamed finds a theme; the first if there is none of that name. */
export const themeNamed = (code: string): Theme => themes.find((theme) => theme.code === code) ?? themes[0]!
