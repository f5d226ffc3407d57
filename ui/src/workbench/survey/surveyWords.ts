import type { Line, SurveyRole, SurveyView } from '../../shared/api/survey.gen'
import { surveyBounds } from '../../shared/api/survey.gen'
import type { Problem } from '../problem'

/** Labels of the fields of an answer; the questions are those of the first survey. */
export const surveyLabels: Record<string, string> = {
  'levels.ease': '操作是否方便',
  'levels.speed': '打开页面和办理的速度',
  'levels.guidance': '使用说明和培训',
  'levels.rules': '栏目标准、审核规则对工作的帮助',
  'levels.overall': '总体满意程度',
  improve: '最需要改进的一点',
}

/** dayWord writes 2026-12-20 as 2026 年 12 月 20 日. */
export function dayWord(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year} 年 ${month} 月 ${date} 日`
}

/** stateOf says where a survey is, and how that looks. */
export function stateOf(view: Pick<SurveyView, 'state' | 'from' | 'until'>): { word: string; look: string } {
  if (view.state === 'planned') return { word: `${dayWord(view.from)}开始`, look: 'is-plain' }
  return view.state === 'open' ? { word: `进行中，到 ${dayWord(view.until)}`, look: 'is-good' } : { word: `已于 ${dayWord(view.until)}结束`, look: 'is-plain' }
}

/** answeredWord is a figure with what it is a share of. */
export const answeredWord = (answered: number, asked: number): string => `应填 ${asked} 个岗位，已填 ${answered} 个${asked > 0 ? `（${Math.floor((100 * answered) / asked)}%）` : ''}`

/** missing is what stands in the way of sending an answer. */
export function missing(levels: Record<string, number>): Problem | null {
  if (levels.overall) return null
  return { status: 400, summary: '还有一题没有选', fields: [{ field: 'levels.overall', message: '请选择总体满意程度' }] }
}

/** leftOf are the roles that have not answered. */
export const leftOf = (roles: SurveyRole[]): SurveyRole[] => roles.filter((role) => !role.answered)

/** percentOf is the length of a bar. */
export const percentOf = (line: Line): number => (line.answered > 0 ? (100 * line.satisfied) / line.answered : 0)

/** verdict says whether the target was reached, with its figures. */
export function verdict(overall: Line, reached: boolean): string {
  if (overall.hidden) return `已填的不足 ${surveyBounds.smallest} 份，不显示结果（应填 ${overall.asked} 个岗位）。`
  const said = `满意率 ${overall.share}：${overall.answered} 个岗位填写，${overall.satisfied} 个选择“基本满意”及以上；应填 ${overall.asked} 个岗位。`
  return `${said}目标 ${surveyBounds.target * 100}%，${reached ? '达到' : '没有达到'}。`
}
