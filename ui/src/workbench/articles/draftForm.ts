import type { FactRow, VersionRecord } from '../types'
import { rowsToSave } from './facts'
import { minuteOf, today } from './articleWords'

/** What a person writes; everything in it is saved. */
export interface DraftForm {
  title: string
  created_on: string
  originally_on: string
  doc_number: string
  source: string
  valid_until: string
  body: string
  facts: FactRow[]
  attachments: string[]
  publicity_workdays: number
  release_at: string
  note: string
}

export const formOf = (version: VersionRecord): DraftForm => ({
  title: version.title,
  created_on: version.created_on,
  originally_on: version.originally_on,
  doc_number: version.doc_number,
  source: version.source,
  valid_until: version.valid_until,
  body: version.body,
  facts: rowsToSave(Array.isArray(version.facts) ? version.facts : []),
  attachments: [...version.attachments],
  publicity_workdays: version.publicity_workdays,
  release_at: version.release_at,
  note: version.note,
})

/** prefilled dates a draft that nobody has written on yet; the server has put the school as its source. */
export function prefilled(form: DraftForm, version: VersionRecord, now = new Date()): DraftForm {
  // the server takes the time twice while it stores a new version
  const isUntouched = version.number === 1 && timeAt(version.updated) - timeAt(version.created) < 1000
  return isUntouched && !version.created_on ? { ...form, created_on: today(now) } : form
}

const timeAt = (instant: string): number => Date.parse(instant.replace(' ', 'T'))

/** differenceOf gives the fields that are not as they were. */
export function differenceOf(before: DraftForm, after: DraftForm): Partial<DraftForm> {
  const names = Object.keys(after) as (keyof DraftForm)[]
  return Object.fromEntries(names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).map((name) => [name, after[name]]))
}

export const copyOf = (form: DraftForm): DraftForm => JSON.parse(JSON.stringify(form)) as DraftForm

/** withFile puts one attachment in the place of another. */
export const withFile = (form: DraftForm, old: string, fresh: string): DraftForm => ({
  ...form,
  attachments: form.attachments.map((id) => (id === old ? fresh : id)),
})

/** localTime shows an instant as the value of a datetime-local field, in the district's time. */
export const localTime = (instant: string): string => minuteOf(instant).replace(' ', 'T')

/** instantOf turns such a value into an instant; Shanghai has no summer time. */
export const instantOf = (local: string): string => (local ? new Date(`${local}:00+08:00`).toISOString().replace('T', ' ') : '')
