import { percentWord } from '../figureWords'

/** Presets are periods that people ask for, by the day they ask on (2026-11-26). */
export interface Preset {
  text: string
  from: string
  to: string
}

const iso = (date: Date) => date.toISOString().slice(0, 10)
const day = (year: number, month: number, date: number) => iso(new Date(Date.UTC(year, month, date)))

export function presetsOf(today: string): Preset[] {
  const [year, month] = today.split('-').map(Number) as [number, number]
  const yesterday = iso(new Date(Date.parse(`${today}T00:00:00Z`) - 86_400_000))
  const quarter = Math.floor((month - 1) / 3) * 3
  return [
    { text: '上月', from: day(year, month - 2, 1), to: day(year, month - 1, 0) },
    { text: '本月', from: day(year, month - 1, 1), to: yesterday },
    { text: '本季度', from: day(year, quarter, 1), to: yesterday },
    { text: '今年', from: day(year, 0, 1), to: yesterday },
    { text: '去年', from: day(year - 1, 0, 1), to: day(year - 1, 11, 31) },
  ].filter((one) => one.from <= one.to)
}

/** percentOf writes a share of counts, rounded down; "—" if there is nothing to divide by, or it is not told. */
export function percentOf(counts: Readonly<Record<string, number>>, part: string, whole: string): string {
  if (counts[part] === undefined && part === 'ratings_satisfied') return '—'
  return percentWord({ part: counts[part] ?? 0, whole: counts[whole] ?? 0 })
}
