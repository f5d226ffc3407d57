import { computed, readonly, ref, shallowRef, watch } from 'vue'
import { isSame } from './geometry'
import { findAreas, keepAreas } from './keptAreas'
import type { Box } from './geometry'
import type { Area } from './keptAreas'

/** How many areas one copy may have. */
export const mostAreas = 1000

type Areas = readonly Area[]

/** useAreas holds the areas of a file, kept in this tab, and goes back and forth through what was done to them. */
export function useAreas(person: string, file: string, pages: number) {
  const kept = findAreas(person, file)
  const areas = shallowRef<Areas>(kept.areas)
  const made = ref(kept.made)
  const past = shallowRef<readonly Areas[]>([])
  const future = shallowRef<readonly Areas[]>([])
  const chosen = ref(0)
  let lastDone = ''
  let lastId = Math.max(0, ...kept.areas.map(({ id }) => id))

  watch([areas, made], () => keepAreas(person, file, { areas: areas.value, made: made.value }))

  // Presses of the same kind of key on the same area are taken back together.
  function become(next: Areas, doing = '') {
    if (!doing || doing !== lastDone) past.value = [...past.value, areas.value]
    lastDone = doing
    future.value = []
    areas.value = next
  }

  /** go tells whether there was anything to go to. */
  function go(from: typeof past, to: typeof future): boolean {
    const next = from.value[from.value.length - 1]
    if (!next) return false
    from.value = from.value.slice(0, -1)
    to.value = [...to.value, areas.value]
    areas.value = next
    lastDone = ''
    return true
  }

  /** add tells the new area, or nothing where there are too many. */
  function add(page: number, box: Box): Area | null {
    if (areas.value.length >= mostAreas) return null
    const { x, y, w, h } = box
    const area = { id: ++lastId, page, x, y, w, h }
    become([...areas.value, area])
    chosen.value = area.id
    return area
  }

  const change = (id: number, { x, y, w, h }: Box, doing = '') =>
    become(areas.value.map((area) => (area.id === id ? { ...area, x, y, w, h } : area)), doing && `${doing} ${id}`)
  const remove = (id: number) => become(areas.value.filter((area) => area.id !== id))

  /** repeat puts an area on every page at the same place and tells how many were added; -1 is too many. */
  function repeat(area: Area): number {
    const fresh: Area[] = []
    for (let page = 1; page <= pages; page++) {
      if (!areas.value.some((other) => other.page === page && isSame(other, area))) fresh.push({ ...area, id: ++lastId, page })
    }
    if (areas.value.length + fresh.length > mostAreas) return -1
    if (fresh.length > 0) become([...areas.value, ...fresh])
    return fresh.length
  }

  /** plain are the areas as the server takes them. */
  const plain = computed(() => areas.value.map(({ page, x, y, w, h }) => ({ page, x, y, w, h })))
  const isUnsaved = computed(() => areas.value.length > 0 && JSON.stringify(plain.value) !== made.value)

  return {
    areas,
    chosen: readonly(chosen),
    plain,
    isUnsaved,
    choose: (id: number) => void (chosen.value = id),
    on: (page: number) => areas.value.filter((area) => area.page === page),
    add,
    change,
    remove,
    repeat,
    undo: () => go(past, future),
    redo: () => go(future, past),
    setMade: () => (made.value = JSON.stringify(plain.value)),
  }
}

export type AreaDesk = ReturnType<typeof useAreas>
