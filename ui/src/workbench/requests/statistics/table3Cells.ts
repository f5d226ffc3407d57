import type { RowView } from '../../../shared/api/requests.gen'
import { rowName } from './statisticsQuery'

/** A label of a line and how far it reaches. */
export interface LabelCell {
  key: string
  text: string
  across: number
  down: number
}

/** A line of table 3 with the labels that begin in it. */
export interface Line {
  row: RowView
  labels: LabelCell[]
  heading: string // on a narrow screen: a section that begins above the line
}

/**
 * linesOf lays table 3 out as the form does, in three columns of labels; on a narrow
 * screen there is one column, with the sections as headings between.
 */
export function linesOf(rows: RowView[], isNarrow: boolean): Line[] {
  const reach = (at: number, of: (row: RowView) => string) => {
    let end = at
    while (end < rows.length && of(rows[end]!) === of(rows[at]!)) end++
    return end - at
  }
  const begins = (at: number, of: (row: RowView) => string) => at === 0 || of(rows[at - 1]!) !== of(rows[at]!)
  const section = (row: RowView) => row.section
  const group = (row: RowView) => row.section + row.group
  return rows.map((row, at) => {
    if (isNarrow) {
      const heading = row.group && begins(at, section) ? row.section : ''
      return { row, heading, labels: [{ key: 'row', text: rowName(row), across: 1, down: 1 }] }
    }
    const labels: LabelCell[] = []
    if (begins(at, section)) labels.push({ key: 'section', text: row.section, across: row.group ? 1 : 3, down: reach(at, section) })
    if (row.group && begins(at, group)) labels.push({ key: 'group', text: row.group, across: row.label ? 1 : 2, down: reach(at, group) })
    if (row.label) labels.push({ key: 'label', text: row.label, across: 1, down: 1 })
    return { row, labels, heading: '' }
  })
}
