import type { Figures, Satisfaction } from '../../../shared/api/inquiries.gen'

/** What the page shows; it lives in the address. What is empty is left out. */
export interface OverviewAsk {
  from: string // '' is 1 January of this year
  until: string // '' is today
  stage: string
  channel: string
  category: string
  school: string // code, or 'bureau'
  figure: string // whose letters are listed; '' is none
}

const fields = ['from', 'until', 'stage', 'channel', 'category', 'school', 'figure'] as const

/** askFrom reads an address. */
export function askFrom(query: Partial<Record<string, unknown>>): OverviewAsk {
  const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
  return Object.fromEntries(fields.map((field) => [field, text(query[field])])) as unknown as OverviewAsk
}

/** queryOf is the address of what is asked for. */
export const queryOf = (ask: Partial<OverviewAsk>): Record<string, string> => Object.fromEntries(Object.entries(ask).filter(([, value]) => value !== ''))

/** figureNames are the figures that open their letters. */
export const figureNames: Record<string, string> = {
  received: '收到的来信',
  open: '正在办理的来信',
  decided: '已经决定是否受理的来信',
  accepted_in_time: '按时受理的来信',
  undecided: '逾期没有受理的来信',
  answered: '已答复的来信',
  answered_in_time: '按时答复的来信',
  answered_late: '逾期答复的来信',
  overdue: '现在逾期没有答复的来信',
  low_open: '评价不满意、正在重办的来信',
}

/** shareOf is a part in percent with one decimal; '—' of nothing. */
export const shareOf = (part: number, whole: number): string => (whole > 0 ? `${((100 * part) / whole).toFixed(1)}%` : '—')

/** withBase is a share with what it is a share of: 90.0%（9／10）. */
export const withBase = (part: number, whole: number): string => (whole > 0 ? `${shareOf(part, whole)}（${part}／${whole}）` : '—')

/** hoursOf are working hours in words. */
export const hoursOf = (hours: number, of: number): string => (of > 0 ? `${hours.toFixed(1)} 小时` : '—')

/** satisfied says how satisfied people are, or why it is not said. */
export function satisfied(s: Satisfaction): string {
  if (s.answered === 0) return '—'
  if (s.hidden) return '评价太少，不单独显示'
  return withBase(s.satisfied, s.rated)
}

/** levels are the ratings, the best first; 6 is no level of satisfaction. */
export const levels = [
  { code: '5', name: '非常满意' },
  { code: '4', name: '满意' },
  { code: '3', name: '基本满意' },
  { code: '2', name: '不满意' },
  { code: '1', name: '非常不满意' },
  { code: '6', name: '答非所问' },
] as const

/** linesOf are the tiles on top: a figure, its words, and the figure that it opens. */
export const linesOf = (f: Figures): { figure: string; label: string; value: string }[] => [
  { figure: 'received', label: '收到', value: `${f.received} 件` },
  { figure: 'accepted_in_time', label: '按时受理', value: withBase(f.accepted_in_time, f.decided) },
  { figure: 'answered_in_time', label: '按时答复', value: withBase(f.answered_in_time, f.answered) },
  { figure: 'undecided', label: '逾期没有受理', value: `${f.undecided} 件` },
  { figure: 'overdue', label: '现在逾期', value: `${f.overdue} 件` },
  { figure: 'low_open', label: '不满意重办中', value: `${f.low_open} 件` },
]
