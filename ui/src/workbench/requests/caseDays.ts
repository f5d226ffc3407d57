import type { DayLine } from '../../shared/api/requests.gen'

/** What a day is to the answer period. */
export type DayLook = 'counted' | 'makeup' | 'paused' | 'weekend' | 'holiday' | 'none'

/** A cell of the calendar; day is null before the period begins and after it ends. */
export interface Cell {
  date: string
  number: number
  day: DayLine | null
  look: DayLook
  isStart: boolean
  isDue: boolean
  isToday: boolean
}

export interface Month {
  key: string
  name: string
  weeks: (Cell | null)[][]
}

/** lookOf sorts a day: left out for others' opinions, counted, a weekend that is worked, or off. */
export function lookOf(day: DayLine | null): DayLook {
  if (!day) return 'none'
  if (day.paused) return 'paused'
  if (day.counted) return day.kind === 'makeup' ? 'makeup' : 'counted'
  return day.kind === 'holiday' ? 'holiday' : 'weekend'
}

/** weekdayOf counts from Monday, 0, to Sunday, 6. */
const weekdayOf = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7

const two = (n: number): string => String(n).padStart(2, '0')

/** monthsOf lays the days of an answer period out by months, weeks beginning on Monday. */
export function monthsOf(days: DayLine[], start: string, due: string, today: string): Month[] {
  const first = start || days[0]?.date
  const last = days[days.length - 1]?.date
  if (!first || !last) return []
  const known = new Map(days.map((day) => [day.date, day]))
  const months: Month[] = []
  let [year, month] = first.split('-').map(Number) as [number, number]
  for (let key = first.slice(0, 7); key <= last.slice(0, 7); key = `${year}-${two(month)}`) {
    const count = new Date(Date.UTC(year, month, 0)).getUTCDate()
    const cells: (Cell | null)[] = new Array<null>(weekdayOf(`${key}-01`)).fill(null)
    for (let number = 1; number <= count; number++) {
      const date = `${key}-${two(number)}`
      const day = known.get(date) ?? null
      cells.push({ date, number, day, look: lookOf(day), isStart: date === start, isDue: date === due, isToday: date === today })
    }
    while (cells.length % 7 > 0) cells.push(null)
    const weeks = Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(7 * week, 7 * week + 7))
    // weeks outside of the period only take room
    months.push({ key, name: `${year}年${month}月`, weeks: weeks.filter((week) => week.some((cell) => cell && (cell.day || cell.isStart || cell.isToday))) })
    ;[year, month] = month === 12 ? [year + 1, 1] : [year, month + 1]
  }
  return months
}

/** A run of days that are alike, for the list in words. */
export interface Run {
  from: string
  to: string
  look: DayLook
  reason: string
  law: string
  counted: number
  /** number of the last counted day of the run */
  nth: number
}

/** runsOf puts neighbouring days that are alike together. */
export function runsOf(days: DayLine[]): Run[] {
  const runs: Run[] = []
  for (const day of days) {
    const look = lookOf(day)
    const last = runs[runs.length - 1]
    if (last && last.look === look && last.reason === day.reason) {
      last.to = day.date
      last.nth = day.nth
      if (day.counted) last.counted++
    } else {
      runs.push({ from: day.date, to: day.date, look, reason: day.reason, law: day.law, counted: day.counted ? 1 : 0, nth: day.nth })
    }
  }
  return runs
}

/** cellWord says a cell in words: 11月26日，第 3 个工作日. */
export function cellWord(cell: Cell): string {
  const [, month, day] = cell.date.split('-').map(Number)
  const parts = [`${month}月${day}日`]
  if (cell.isStart) parts.push('收到日，不计入')
  if (cell.day) parts.push(cell.day.counted ? `第 ${cell.day.nth} 个工作日` : '', cell.day.reason)
  if (cell.isDue) parts.push('期限最后一天')
  if (cell.isToday) parts.push('今天')
  return parts.filter(Boolean).join('，')
}
