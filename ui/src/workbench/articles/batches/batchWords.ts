import type { ManyResult } from '../../../shared/api/imports.gen'

/** The parts of a batch, by what is to be done with them. */
export const showNames: Record<string, string> = {
  drafts: '待送审', reviewing: '待初审', second_reviewing: '待复审', secrecy_reviewing: '待保密审查', public: '已公开', discarded: '已舍弃', all: '全部',
}

/** firstShown is the part that a person has something to do in. */
export function firstShown(duties: readonly string[]): string {
  const mine: [string, string][] = [['editor', 'drafts'], ['reviewer', 'reviewing'], ['secrecy_reviewer', 'secrecy_reviewing'], ['principal', 'second_reviewing']]
  return mine.find(([duty]) => duties.includes(duty))?.[1] ?? 'all'
}

const doneNames: Record<string, string> = { submit: '已提交', approve: '已通过初审或复审', clear: '已通过保密审查', return: '已退回', column: '已选定栏目', discard: '已舍弃' }

/** resultWords says what became of many: "32 条已提交，3 条没有办理". */
export function resultWords(action: string, result: ManyResult, left: number): string {
  const parts = [`${result.done} 条${doneNames[action] ?? '已办理'}`]
  if (result.refused > 0) parts.push(`${result.refused} 条没有办理，原因见下面`)
  if (left > 0) parts.push(`${left} 条因停止没有办理`)
  return parts.join('，')
}
