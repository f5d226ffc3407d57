import { describe, expect, it } from 'vitest'
import { dragged, isMeant, isSame, leastSide, moved, placeOf, resized } from './geometry'
import type { Box } from './geometry'

const box: Box = { x: 0.2, y: 0.3, w: 0.4, h: 0.1 }
const isOnPage = ({ x, y, w, h }: Box) => x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= 1 + 1e-9 && y + h <= 1 + 1e-9

describe('drawing', () => {
  it.each([
    ['down to the right', { x: 0.1, y: 0.2 }, { x: 0.4, y: 0.3 }],
    ['up to the left', { x: 0.4, y: 0.3 }, { x: 0.1, y: 0.2 }],
    ['up to the right', { x: 0.1, y: 0.3 }, { x: 0.4, y: 0.2 }],
    ['down to the left', { x: 0.4, y: 0.2 }, { x: 0.1, y: 0.3 }],
  ])('%s makes the same box', (_, from, to) => expect(isSame(dragged(from, to), { x: 0.1, y: 0.2, w: 0.3, h: 0.1 })).toBe(true))

  it('cuts off what lies beyond the page', () => {
    expect(dragged({ x: 0.5, y: 0.5 }, { x: 1.8, y: -3 })).toEqual({ x: 0.5, y: 0, w: 0.5, h: 0.5 })
    expect(dragged({ x: -1, y: -1 }, { x: 2, y: 2 })).toEqual({ x: 0, y: 0, w: 1, h: 1 })
  })

  it('a click and a line are no box', () => {
    expect(isMeant(dragged({ x: 0.5, y: 0.5 }, { x: 0.5, y: 0.5 }))).toBe(false)
    expect(isMeant(dragged({ x: 0.1, y: 0.5 }, { x: 0.9, y: 0.5 }))).toBe(false)
    expect(isMeant({ x: 0, y: 0, w: leastSide, h: leastSide })).toBe(true)
  })
})

describe('moving', () => {
  it('keeps the size', () => expect(isSame(moved(box, 0.1, -0.1), { x: 0.3, y: 0.2, w: 0.4, h: 0.1 })).toBe(true))

  it.each([[5, 0], [-5, 0], [0, 5], [0, -5], [5, 5], [-5, -5]])('by %d, %d stops at the edge', (dx, dy) => {
    const to = moved(box, dx, dy)
    expect(isOnPage(to)).toBe(true)
    expect([to.w, to.h]).toEqual([box.w, box.h])
  })

  it('a box as large as the page stays', () => expect(moved({ x: 0, y: 0, w: 1, h: 1 }, 0.3, -0.3)).toEqual({ x: 0, y: 0, w: 1, h: 1 }))
})

describe('resizing', () => {
  it('by the lower right corner', () => expect(isSame(resized(box, { x: 1, y: 1 }, 0.1, 0.2), { x: 0.2, y: 0.3, w: 0.5, h: 0.3 })).toBe(true))
  it('by the upper left corner the opposite one stays', () => {
    const to = resized(box, { x: -1, y: -1 }, -0.1, 0.05)
    expect(isSame(to, { x: 0.1, y: 0.35, w: 0.5, h: 0.05 })).toBe(true)
    expect(to.x + to.w).toBeCloseTo(box.x + box.w)
    expect(to.y + to.h).toBeCloseTo(box.y + box.h)
  })

  it.each([-1, 1] as const)('stays on the page and never turns over (corner %d)', (side) => {
    for (const by of [-9, 9]) {
      const to = resized(box, { x: side, y: side }, by, by)
      expect(isOnPage(to)).toBe(true)
      expect(to.w).toBeGreaterThanOrEqual(leastSide - 1e-9)
      expect(to.h).toBeGreaterThanOrEqual(leastSide - 1e-9)
    }
  })
})

describe('the place in words', () => {
  it.each<[Box, string]>([
    [{ x: 0, y: 0, w: 0.2, h: 0.05 }, '上部左侧，离左边 0%、离上边 0%，宽 20%、高 5%'],
    [{ x: 0.3, y: 0.45, w: 0.4, h: 0.1 }, '中部中间，离左边 30%、离上边 45%，宽 40%、高 10%'],
    [{ x: 0.8, y: 0.9, w: 0.2, h: 0.1 }, '下部右侧，离左边 80%、离上边 90%，宽 20%、高 10%'],
    [{ x: 0.5, y: 0.999, w: 0.001, h: 0.001 }, '下部中间，离左边 50%、离上边 100%，宽 1%、高 1%'],
  ])('%j', (at, words) => expect(placeOf(at)).toBe(words))
})
