import { actionNames, stageNames } from '../../shared/api/schema.gen'
import type { ArticleCounts } from '../../shared/api/schema.gen'
import type { ArticleStage, ArticleState, StepAction } from '../types'

export { actionNames, dutyNames, findingNames, formNames, stageNames, stateNames } from '../../shared/api/schema.gen'
export const stateClasses: Record<ArticleState, string> = {
  draft: 'is-plain', published: 'is-good', withdrawn: 'is-care', concluded: 'is-plain', expired: 'is-care', archived: 'is-plain',
}
export const stepName = (action: StepAction): string => actionNames[action]

/** isUnderReview: a reviewer has the version in hand. */
export const isUnderReview = (stage: string): boolean => ['reviewing', 'second_reviewing', 'secrecy_reviewing', 'referred'].includes(stage)

/** stageWord says where the version in work is; nothing while it is only being written. */
export const stageWord = (stage: ArticleStage): string => (stage === 'drafting' ? '' : stageNames[stage])

/** dueWord says by when, in words and not by colour alone. */
export function dueWord(due: string, now = new Date()): string {
  if (!due) return ''
  const days = Math.round((Date.parse(due) - Date.parse(today(now))) / 86_400_000)
  if (days === 0) return '今天到期'
  return days < 0 ? `已逾期 ${-days} 天` : `${due} 到期`
}

/** countWords says what visitors said of an article; nothing where they did not. */
export function countWords(counts: ArticleCounts): string {
  const said: [number, string][] = [
    [counts.helpful, '人觉得有帮助'],
    [counts.unhelpful, '人觉得没有帮助'],
    [counts.same_question, '人也有这个问题'],
  ]
  return said.filter(([n]) => n > 0).map(([n, words]) => `${n} ${words}`).join('，')
}

export const untitled = '（无标题）'

/** dayOf shows an instant as a day in the district's own time. */
export function dayOf(instant: string): string {
  return instant ? shanghai(new Date(instant.replace(' ', 'T'))).slice(0, 10) : ''
}

/** minuteOf shows an instant as day and time. */
export function minuteOf(instant: string): string {
  return instant ? shanghai(new Date(instant.replace(' ', 'T'))) : ''
}

/** today is the date in the district, whatever the clock of the computer thinks of zones. */
export const today = (now = new Date()): string => shanghai(now).slice(0, 10)

/** timeOf is the time of day, such as 10:32. */
export const timeOf = (now: Date): string => shanghai(now).slice(11)

const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false,
})

function shanghai(at: Date): string {
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const hour = part.hour === '24' ? '00' : part.hour // older browsers call midnight 24
  return `${part.year}-${part.month}-${part.day} ${hour}:${part.minute}`
}

/** sizeOf shows a number of bytes as people say it. */
export function sizeOf(bytes: number): string {
  return bytes >= 1 << 20 ? `${(bytes / (1 << 20)).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`
}
