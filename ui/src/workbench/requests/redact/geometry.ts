/** A place on a page: its upper left corner and its size in fractions (0 to 1) of the page's sides. */
export interface Box {
  x: number
  y: number
  w: number
  h: number
}

export interface Point {
  x: number
  y: number
}

/** A corner of a box: -1 is left or upper, 1 right or lower. */
export interface Corner {
  x: -1 | 1
  y: -1 | 1
}

/** The least side of a box: less is a slip of the hand. The server takes 0.001 and more. */
export const leastSide = 0.005

const between = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)

/** dragged is the box between two points, whichever way the hand went; what lies beyond the page is cut off. */
export function dragged(from: Point, to: Point): Box {
  const [left, right] = [from.x, to.x].map((value) => between(value, 0, 1)).sort((a, b) => a - b) as [number, number]
  const [top, bottom] = [from.y, to.y].map((value) => between(value, 0, 1)).sort((a, b) => a - b) as [number, number]
  return { x: left, y: top, w: right - left, h: bottom - top }
}

export const isMeant = (box: Box): boolean => box.w >= leastSide && box.h >= leastSide

/** moved keeps the size and stops at the edges of the page. */
export const moved = (box: Box, dx: number, dy: number): Box => ({ ...box, x: between(box.x + dx, 0, 1 - box.w), y: between(box.y + dy, 0, 1 - box.h) })

/** resized moves one corner; the opposite one stays. */
export function resized(box: Box, corner: Corner, dx: number, dy: number): Box {
  const [x, w] = stretched(box.x, box.w, corner.x, dx)
  const [y, h] = stretched(box.y, box.h, corner.y, dy)
  return { ...box, x, y, w, h }
}

function stretched(from: number, length: number, end: -1 | 1, by: number): [from: number, length: number] {
  if (end === 1) return [from, between(length + by, leastSide, 1 - from)]
  const start = between(from + by, 0, from + length - leastSide)
  return [start, from + length - start]
}

const samePlace = 1e-6

export const isSame = (a: Box, b: Box): boolean => [a.x - b.x, a.y - b.y, a.w - b.w, a.h - b.h].every((difference) => Math.abs(difference) < samePlace)

const third = (value: number, names: [string, string, string]) => names[Math.min(Math.floor(value * 3), 2)]!
const percent = (value: number) => `${Math.max(Math.round(value * 100), 1)}%`

/** placeOf tells in words where a box is and how large, for whoever does not see it. */
export function placeOf(box: Box): string {
  const upright = third(box.y + box.h / 2, ['上部', '中部', '下部'])
  const across = third(box.x + box.w / 2, ['左侧', '中间', '右侧'])
  return `${upright}${across}，离左边 ${Math.round(box.x * 100)}%、离上边 ${Math.round(box.y * 100)}%，宽 ${percent(box.w)}、高 ${percent(box.h)}`
}
