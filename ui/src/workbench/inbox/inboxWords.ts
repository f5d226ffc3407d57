import { stageNames } from '../../shared/api/schema.gen'
import type { InboxCounts, InboxItem } from '../../shared/api/schema.gen'
import { dueWord } from '../articles/articleWords'

export interface InboxGroup {
  key: string
  name: string
  items: InboxItem[]
}

const names: [string, string][] = [['overdue', '已逾期'], ['today', '今天到期'], ['todo', '待办理'], ['waiting', '等待他人办理']]

/** groupsOf sorts items into their groups; a group without items is left out. */
export function groupsOf(items: InboxItem[]): InboxGroup[] {
  return names.map(([key, name]) => ({ key, name, items: items.filter((item) => item.group === key) })).filter((group) => group.items.length > 0)
}

/** toDo is how much there is to do, whatever its day. */
export const toDo = (counts: InboxCounts): number => counts.overdue + counts.today + counts.todo

/** titleOf is the title of the browser's tab: the count first, where a narrow tab still shows it. */
export const titleOf = (counts: InboxCounts | null): string => `${counts && toDo(counts) > 0 ? `(${toDo(counts)}) ` : ''}待办 · 工作台`

const stageWord = (item: InboxItem): string => (item.stage in stageNames ? stageNames[item.stage as keyof typeof stageNames] : '')

/** whatWord says what there is to do, or what is waited for. */
export function whatWord(item: InboxItem): string {
  switch (item.kind) {
    case 'returned':
      return '退回修改'
    case 'broadcast':
      return '区级下发，等本校办理'
    case 'finding':
      return item.group === 'waiting' ? `复查发现 ${item.findings} 处问题，修改稿正在审核` : `复查发现 ${item.findings} 处问题`
    case 'result':
      return item.group === 'waiting' ? '征集已结束，修改稿正在审核' : '征集已结束，请公布结果'
    case 'check':
      return '请核对'
    case 'released':
      return `审核完成，${item.due} 公开`
    case 'withheld':
      return '决定不公开'
    case 'request':
    case 'inquiry':
    case 'order':
    case 'survey':
    case 'objection':
    case 'annual':
    case 'responsibility':
    case 'silence':
    case 'registry':
    case 'school':
    case 'push':
      return item.stage_name
    default:
      return stageWord(item)
  }
}

/** placeWord says where it belongs: the column of an article, or the service. */
export const placeWord = (item: InboxItem): string => ({ request: '依申请公开', survey: '满意度调查', objection: '评分申诉', annual: '年度报告', responsibility: '责任人', silence: '沉默预警', registry: '数据共享', school: '学校资料', push: '推送' })[item.kind] ?? (item.column_name || item.column)

/** whenWord says by when, for what has a day; late is said in words, not by colour alone. */
export const whenWord = (item: InboxItem, now = new Date()): string => (item.kind === 'released' ? '' : dueWord(item.due, now))

/** claimWord says who has it in hand. */
export function claimWord(item: InboxItem): string {
  if (item.claimed_by_me) return '您已领取'
  return item.claimed_by ? `${item.claimed_by}已领取` : ''
}

/** claimLabel is what the button does; nothing where there is nothing to claim. */
export function claimLabel(item: InboxItem): '' | '领取' | '接手' | '放回' {
  if (item.kind !== 'review') return ''
  if (item.claimed_by_me) return '放回'
  if (!item.can_claim) return ''
  return item.claimed_by ? '接手' : '领取'
}

/** move is the item that a key leads to from item `from`; -1 is before the first. It is null for other keys. */
export function move(key: string, from: number, count: number): number | null {
  if (count === 0) return null
  if (key === 'j' || (key === 'ArrowDown' && from >= 0)) return Math.min(from + 1, count - 1)
  if (from < 0) return null
  if (key === 'k' || key === 'ArrowUp') return Math.max(from - 1, 0)
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}
