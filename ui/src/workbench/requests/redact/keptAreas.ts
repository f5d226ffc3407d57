import type { Box } from './geometry'

/** One place that is to be black; pages are counted from 1. The id is for this page only. */
export interface Area extends Box {
  id: number
  page: number
}

/** What is kept of a file in this tab, until the tab is closed: the areas, and those that the last copy was made with. */
export interface Kept {
  areas: readonly Area[]
  made: string
}

const keyOf = (person: string, file: string) => `gongkai-redact:${person}:${file}`

/** keepAreas lets a reload lose nothing; a full store must not stop the work. */
export function keepAreas(person: string, file: string, kept: Kept): void {
  try {
    sessionStorage.setItem(keyOf(person, file), JSON.stringify(kept))
  } catch {
    // private mode or a full store: the areas are on the page still
  }
}

/** findAreas gives one's own areas of a file. */
export function findAreas(person: string, file: string): Kept {
  try {
    return (JSON.parse(sessionStorage.getItem(keyOf(person, file)) ?? 'null') as Kept | null) ?? { areas: [], made: '' }
  } catch {
    return { areas: [], made: '' }
  }
}
