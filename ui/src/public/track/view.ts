// TrackView is a request as its applicant sees it; see TrackView in
// pb_hooks/foi_track_view.go. Dates are 2026-11-26, or "" where there is none.
export interface TrackView {
  number: string
  school: string
  school_code: string
  subject: string
  details: string
  index_no: string
  channel: string
  state: string
  state_name: string
  ending: string
  clock: string
  clock_name: string
  next: string
  submitted: string
  received: string
  due: string
  provisional: boolean
  left: number | null // working days
  ledger: { on: string; text: string; law: string }[]
  days: DayLine[]
  correction: { items: string; asked: string; until: string; corrected: string } | null
  letters: { id: string; name: string; number: string; dated: string }[]
  files: { id: string; name: string; size: number; mime: string }[]
  outcome_name: string
  answered_on: string
  history: { on: string; name: string; text: string }[]
  may: { withdraw: boolean; correct: boolean; correct_late: boolean; rate: boolean; supplement: boolean; complain: boolean }
  rating: number
  rating_name: string
  rating_note: string
  remedy: string
  application: { class: string; forms: string[]; ways: string[] }
}

// DayLine is one day of the period, and why it counts or does not.
export interface DayLine {
  date: string
  counted: boolean
  paused: boolean
  nth: number
  reason: string
  law: string
}

// TrackKey is what opens a request. It travels in bodies only.
export interface TrackKey {
  number: string
  code: string
}

// Stage is one of the few steps that an applicant can tell apart.
export interface Stage {
  name: string
  place: 'done' | 'now' | 'later'
}

const stageOf: Readonly<Record<string, number>> = {
  ...{ draft: 0, submitted: 0, registered: 1, correcting: 1, processing: 2, third_party: 2, consulting: 2 },
  ...{ secrecy_reviewing: 3, officer_reviewing: 3, signing: 3, answered: 4, archived: 4, supplementing: 4, complained: 4 },
}

// stagesOf draws the states of the procedure as a line. A request that ended
// without an answer ends there.
export function stagesOf(view: Pick<TrackView, 'state' | 'state_name' | 'received'>): Stage[] {
  const at = stageOf[view.state]
  if (at === undefined) {
    const before = view.received ? ['提交申请', '学校收到'] : ['提交申请']
    return [...before.map((name): Stage => ({ name, place: 'done' })), { name: view.state_name, place: 'now' }]
  }
  return ['提交申请', '学校收到', '查找办理', '审核签发', '答复'].map((name, i) => ({
    name: i === at && !['submitted', 'registered', 'answered'].includes(view.state) ? `${name}（${view.state_name}）` : name,
    place: i < at ? 'done' : i === at ? 'now' : 'later',
  }))
}

// dayOf writes a date for reading: 11月26日 周四. Dates carry no time zone.
export function dayOf(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  if (!year || !month || !day) return date
  const weekday = '日一二三四五六'[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]
  return `${month}月${day}日 周${weekday}`
}
