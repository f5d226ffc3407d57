import { findingNames } from '../articles/articleWords'
import type { FindingRecord, Found } from '../types'

export const levelNames = { block: '必须处理', warn: '请核对', note: '提示' } as const
export type Level = keyof typeof levelNames

/** byLevel groups findings from what must be dealt with to what is only said. */
export function byLevel<T extends Pick<Found, 'level'>>(list: readonly T[]): { level: Level; items: T[] }[] {
  return (Object.keys(levelNames) as Level[])
    .map((level) => ({ level, items: list.filter((found) => found.level === level) }))
    .filter(({ items }) => items.length > 0)
}

export const countOf = (list: readonly Pick<Found, 'level'>[], level: Level): number => list.filter((found) => found.level === level).length

/** stateWord says what became of a finding. */
export const stateWord = (state: FindingRecord['state']): string => ({ open: '待处理', overridden: '保密审查员确认可以公开', resolved: '已处理' })[state]

/** openBlocks counts what stands in the way of publication. */
export const openBlocks = (list: readonly Pick<FindingRecord, 'level' | 'state'>[]): number =>
  list.filter(({ level, state }) => level === 'block' && state === 'open').length

/** classWord names what was found. */
export const classWord = (found: string): string => findingNames[found as keyof typeof findingNames] ?? found

const isSame = (one: Found, other: Found): boolean => one.class === other.class && one.place === other.place && one.sample === other.sample

/** without takes findings out of a list: each of them once, for two files may have the same name. */
export function without(list: readonly Found[], gone: readonly Found[]): Found[] {
  const left = [...list]
  for (const item of gone) {
    const at = left.findIndex((found) => isSame(found, item))
    if (at >= 0) left.splice(at, 1)
  }
  return left
}

/** cleanableWords names what the server can take out of a file: 批注、文件属性. */
export const cleanableWords = (list: readonly Found[]): string => wordsOf(list.filter((found) => found.can_clean).map((found) => found.class))

/** wordsOf names classes, each once. */
export const wordsOf = (classes: readonly string[]): string => [...new Set(classes.map(classWord))].join('、')
