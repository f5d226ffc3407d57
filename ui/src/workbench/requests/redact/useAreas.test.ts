import { nextTick } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { mostAreas, useAreas } from './useAreas'

const box = { x: 0.1, y: 0.2, w: 0.3, h: 0.04 }
const open = () => useAreas('person', 'file', 3)

beforeEach(() => sessionStorage.clear())

describe('areas', () => {
  it('are added, changed and removed, and all of it is taken back and done again', () => {
    const { areas, add, change, remove, undo, redo } = open()
    const { id } = add(2, box)!
    change(id, { ...box, x: 0.5 })
    remove(id)
    expect(areas.value).toEqual([])
    undo()
    expect(areas.value[0]).toMatchObject({ page: 2, x: 0.5 })
    undo()
    expect(areas.value[0]).toMatchObject({ x: 0.1 })
    undo()
    expect(areas.value).toEqual([])
    expect(undo()).toBe(false)
    redo()
    expect(redo()).toBe(true)
    expect(areas.value[0]).toMatchObject({ x: 0.5 })
    add(1, box)
    expect(redo(), 'what is done anew leaves no way forward').toBe(false)
  })

  it('moved by many presses of a key go back at once', () => {
    const { areas, add, change, undo } = open()
    const { id } = add(1, box)!
    for (const x of [0.2, 0.3, 0.4]) change(id, { ...box, x }, 'move')
    change(id, { ...box, w: 0.5 }, 'resize')
    undo()
    expect(areas.value[0]).toMatchObject({ x: 0.4, w: 0.3 })
    undo()
    expect(areas.value[0]).toMatchObject({ x: 0.1 })
  })

  it('are repeated on the pages that lack them', () => {
    const { areas, add, repeat } = open()
    const area = add(2, box)!
    add(3, box)
    expect(repeat(area)).toBe(1)
    expect(areas.value.map(({ page }) => page).sort()).toEqual([1, 2, 3])
    expect(new Set(areas.value.map(({ id }) => id)).size).toBe(3)
    expect(repeat(area)).toBe(0)
  })

  it('are as many as the server takes', () => {
    const { areas, add, repeat } = useAreas('person', 'long', 100)
    for (let i = 0; i < mostAreas; i++) expect(add(1, { ...box, y: i / 2000 })).not.toBeNull()
    expect(add(1, box)).toBeNull()
    expect(repeat(areas.value[0]!)).toBe(-1)
    expect(areas.value).toHaveLength(mostAreas)
  })

  it('outlive a reload, for the same person and file only', async () => {
    const first = open()
    first.add(2, box)
    await nextTick()
    const again = open()
    expect(again.areas.value).toEqual(first.areas.value)
    expect(again.isUnsaved.value).toBe(true)
    again.add(1, box)
    expect(new Set(again.areas.value.map(({ id }) => id)).size).toBe(2)
    expect(useAreas('other', 'file', 3).areas.value).toEqual([])
    expect(useAreas('person', 'other', 3).areas.value).toEqual([])
  })

  it('are unsaved until a copy was made with them', async () => {
    const desk = open()
    expect(desk.isUnsaved.value).toBe(false)
    desk.add(1, box)
    desk.setMade()
    expect(desk.isUnsaved.value).toBe(false)
    await nextTick()
    expect(open().isUnsaved.value).toBe(false)
    desk.add(2, box)
    expect(desk.isUnsaved.value).toBe(true)
  })

  it('that cannot be read are none', () => {
    sessionStorage.setItem('gongkai-redact:person:file', '{')
    expect(open().areas.value).toEqual([])
  })
})
