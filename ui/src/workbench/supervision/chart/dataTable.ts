import type { RouteLocationRaw } from 'vue-router'

/** A Cell is a figure of a table and what is behind it. */
export interface Cell {
  text: string
  to?: RouteLocationRaw | null // the records behind it
  isLong?: boolean // a sentence, not a figure
}

/** A DataTable holds the figures of a chart. The first cell of a row names it. */
export interface DataTable {
  head: string[]
  rows: Cell[][]
}

/** cell is a figure in words; null is not known. */
export const cell = (value: number | string | null, to?: RouteLocationRaw | null): Cell => ({ text: value === null ? '—' : String(value), to })
