import { dutyNames } from '../../shared/api/schema.gen'
import type { StaffRecord, StandInsRecord } from '../../shared/api/schema.gen'

export type Duty = keyof typeof dutyNames

/** What each duty means, as one would say it to the person. */
export const dutyMeanings: Record<Duty, string> = {
  editor: '撰写、修改信息并提交审核',
  reviewer: '初审：核对内容是否真实、准确，决定通过或退回',
  secrecy_reviewer: '保密审查：判断能不能公开，有没有个人信息和涉密内容',
  clerk: '受理依申请公开',
  officer: '负责信息公开工作，签发依申请公开的答复',
  principal: '复审重要栏目的信息，可以撤回已公开的信息',
  supervisor: '查看全区各校的公开情况，必要时紧急撤下',
  admin: '邀请人员、分配职责、停用账号、设置代理',
  auditor: '查看审计记录，不参与其他工作',
}

const ofSchool: Duty[] = ['editor', 'reviewer', 'secrecy_reviewer', 'clerk', 'officer', 'principal', 'admin']
const ofBureau: Duty[] = ['supervisor', 'reviewer', 'secrecy_reviewer', 'admin', 'auditor']

/** dutiesAt are the duties that people of a school ('' is the bureau) may hold. */
export const dutiesAt = (school: string): Duty[] => (school === '' ? ofBureau : ofSchool)

/** Duties that may be handed to a stand-in. */
const handedOn: Duty[] = ['editor', 'reviewer', 'secrecy_reviewer', 'clerk', 'officer', 'principal']
export const dutiesToHandOn = (person: StaffRecord | undefined): Duty[] => handedOn.filter((duty) => person?.duties.includes(duty))

export const dutyList = (duties: readonly Duty[]): string => duties.map((duty) => dutyNames[duty]).join('、')

/** standingIn are the duties that somebody fills today in another's place. */
export const standingIn = (person: StaffRecord): Duty[] => person.acts_as.filter((duty) => !person.duties.includes(duty))

export interface AccountState {
  word: string
  look: 'is-good' | 'is-care' | 'is-plain'
  hint: string
}

export function stateOf(person: StaffRecord): AccountState {
  if (person.deactivated_at) return { word: '已停用', look: 'is-plain', hint: `${dayOf(person.deactivated_at)} 停用${person.deactivated_reason ? `：${person.deactivated_reason}` : ''}` }
  if (person.verified) return { word: '在用', look: 'is-good', hint: '' }
  if (person.invited_at) return { word: '已邀请，未设置密码', look: 'is-care', hint: `${dayOf(person.invited_at)} 发出邀请，链接 24 小时内有效` }
  return { word: '邀请没有送达', look: 'is-care', hint: '请重新发送邀请' }
}

/** stageOf says where a stand-in stands on a day. */
export function stageOf(standIn: StandInsRecord, today: string): '代理中' | '未开始' | '已结束' | '已取消' {
  if (standIn.until < standIn.from) return '已取消'
  if (standIn.until < today) return '已结束'
  return standIn.from > today ? '未开始' : '代理中'
}

const shanghai = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' })

/** dayOf is the civil date of an instant in the district. */
export const dayOf = (instant: string | Date): string => shanghai.format(typeof instant === 'string' ? new Date(instant.replace(' ', 'T')) : instant)

/** dayAfter adds days to a civil date. */
export function dayAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}
