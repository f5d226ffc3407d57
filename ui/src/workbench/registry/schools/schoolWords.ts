import type { SchoolLine } from '../../../shared/api/schools.gen'

export const statusNames: Readonly<Record<string, string>> = { open: '开办', planned: '筹建', merged: '已合并', closed: '已撤销' }
export const originNames: Readonly<Record<string, string>> = { registry: '区机构查询平台', hand: '手工录入', correction: '本地更正' }
export const correctionNames: Readonly<Record<string, string>> = { proposed: '等区级管理员处理', refused: '没有采用', active: '生效中', taken: '平台已采用', withdrawn: '已撤回' }
export const endingNames: Readonly<Record<string, string>> = { merge: '并入一所学校', split: '拆分为几所学校', close: '撤销' }

/** schoolLabels name the fields of the forms of this page, as problems call them. */
export const schoolLabels: Record<string, string> = {
  name: '学校名称', stages: '学段', code: '学校代码', status: '状态', town: '街镇', address: '地址', phone: '电话',
  on: '日期', into: '承接学校', cases_to: '继续办理的学校', staff: '人员', duties: '职责', value: '更正后的内容', field: '项目', decision: '处理意见', reason: '原因',
}

export interface SchoolFilter extends Record<string, string> {
  q: string
  status: string
  stage: string
  town: string
}

export const noFilter: SchoolFilter = { q: '', status: '', stage: '', town: '' }

/** matching are the schools that a filter leaves. */
export function matching(items: SchoolLine[], filter: SchoolFilter): SchoolLine[] {
  const q = filter.q.trim()
  return items.filter((line) =>
    (!q || line.name.includes(q) || line.code.startsWith(q)) && (!filter.status || line.status === filter.status)
    && (!filter.stage || line.stages.includes(filter.stage)) && (!filter.town || line.town === filter.town))
}

/** standsWord says where a school is in its life. */
export function standsWord(line: SchoolLine): string {
  const word = statusNames[line.status] ?? line.status
  const into = line.successors.length ? `，由${line.successors.join('、')}承接` : ''
  return line.ended_on ? `${word}（${line.ended_on}${into}）` : word + into
}
