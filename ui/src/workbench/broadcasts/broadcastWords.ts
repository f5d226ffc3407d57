import { stageNames, stateNames } from '../../shared/api/schema.gen'
import type { BroadcastCounts, BroadcastRow } from '../../shared/api/schema.gen'
import type { BroadcastRecord, School } from './broadcastApi'

/** What somebody of the bureau writes. */
export interface BroadcastForm {
  title: string
  column: string
  body: string
  due_on: string
  schools: string[]
}

export const formOf = (record: BroadcastRecord | null): BroadcastForm => ({
  title: record?.title ?? '',
  column: record?.column ?? '',
  body: record?.body ?? '',
  due_on: record?.due_on ?? '',
  schools: [...(record?.schools ?? [])],
})

/** What the schools are at, in the order of the work. */
export const groups = [
  { key: 'published', name: '已公开' },
  { key: 'reviewing', name: '审核中' },
  { key: 'drafting', name: '未提交' },
  { key: 'refused', name: '不采用或未公开' },
] as const

export interface Bar {
  key: string
  name: string
  count: number
  percent: number
}

/** barsOf draws the counts as shares of all schools. */
export function barsOf(counts: BroadcastCounts): Bar[] {
  return groups.map(({ key, name }) => ({ key, name, count: counts[key], percent: counts.all ? Math.round((100 * counts[key]) / counts.all) : 0 }))
}

/** statusOf says where a school is, in the words of the procedure. */
export function statusOf(row: BroadcastRow): string {
  if (!row.article) return '不采用'
  if (row.state !== 'draft') return stateNames[row.state as keyof typeof stateNames] ?? row.state
  return row.stage === 'drafting' ? '未提交' : (stageNames[row.stage as keyof typeof stageNames] ?? row.stage)
}

/** isReadable: the bureau reads what a school has submitted, not what it is writing. */
export const isReadable = (row: BroadcastRow): boolean => row.article !== '' && !(row.state === 'draft' && row.stage === 'drafting')

/** awaited are the schools that a reminder goes to. */
export const awaited = (counts: BroadcastCounts): number => counts.drafting + counts.reviewing

export const choices = [
  { value: '', label: '全部学校' },
  { value: 'open', label: '还没有公开的' },
  { value: 'overdue', label: '逾期的' },
  ...groups.map(({ key, name }) => ({ value: key as string, label: name })),
]

/** chosenRows narrows the table. */
export function chosenRows(rows: BroadcastRow[], choice: string): BroadcastRow[] {
  switch (choice) {
    case '':
      return rows
    case 'overdue':
      return rows.filter(({ overdue }) => overdue)
    case 'open':
      return rows.filter(({ group }) => group === 'drafting' || group === 'reviewing')
    default:
      return rows.filter(({ group }) => group === choice)
  }
}

/** stagesOf are the stages that there are, in the order in which they first appear. */
export const stagesOf = (schools: School[]): string[] => [...new Set(schools.flatMap(({ stages }) => stages))]

/** townsOf are the towns that schools lie in, where they name one; one town is no choice. */
export function townsOf(schools: School[]): string[] {
  const towns = [...new Set(schools.flatMap(({ town }) => town || []))].sort()
  return towns.length > 1 ? towns : []
}

/** How much of a set is chosen. */
export function shareOf(set: School[], chosen: string[]): 'all' | 'some' | 'none' {
  const count = set.filter(({ id }) => chosen.includes(id)).length
  if (count === 0) return 'none'
  return count === set.length ? 'all' : 'some'
}

/** withSet adds a whole set of schools to what is chosen, or takes it out. */
export function withSet(set: School[], chosen: string[], isOn: boolean): string[] {
  const ids = set.map(({ id }) => id)
  return isOn ? [...new Set([...chosen, ...ids])] : chosen.filter((id) => !ids.includes(id))
}

/** matchingSchools finds schools by name or code. */
export function matchingSchools(schools: School[], text: string): School[] {
  const word = text.trim()
  return schools.filter(({ name, short_name, code }) => `${name} ${short_name} ${code}`.includes(word))
}
