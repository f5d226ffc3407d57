import { actionNames, auditActionNames, auditCollectionNames, auditFieldNames, auditWayNames, dutyNames, findingNames, formNames, otherAuditAction, stageNames, stateNames } from '../../shared/api/schema.gen'
import type { AuditLogRecord } from '../../shared/api/schema.gen'
import { minuteOf } from '../articles/articleWords'

type Names = Readonly<Record<string, string>>

/** nameIn is a word of a generated table; of what it does not know, the word itself. */
const nameIn = (names: Names, word: string): string => (Object.prototype.hasOwnProperty.call(names, word) ? (names[word] ?? word) : word)

/** secondOf is an instant of the audit in the district's time; seconds are the same everywhere. */
export const secondOf = (at: string): string => `${minuteOf(at)}${at.slice(16, 19)}`

export const wayName = (way: string): string => nameIn(auditWayNames, way)
export const collectionName = (collection: string): string => nameIn(auditCollectionNames, collection)

/** fieldName is a field in words; some are called otherwise in one collection. */
export function fieldName(field: string, collection = ''): string {
  const here = nameIn(auditFieldNames, `${collection}.${field}`)
  return here.includes('.') ? nameIn(auditFieldNames, field) : here
}

const actionName = (action: string): string => (nameIn(auditActionNames, action) === action ? otherAuditAction + action : nameIn(auditActionNames, action))

/** Actions to choose from: what is done in the workbench, and what only in the dashboard. */
export const actionChoices = Object.entries(auditActionNames).map(([value, label]) => ({ value, label, isDashboard: value.includes(' ') }))
export const collectionChoices = Object.entries(auditCollectionNames).map(([value, label]) => ({ value, label }))

/** actionWord says what was done: of a step which one, of a claim which way. */
export function actionWord({ action, collection, detail }: Pick<AuditLogRecord, 'action' | 'collection' | 'detail'>): string {
  const told = objectOf(detail)
  if (action === 'create' && collection === 'article_steps' && typeof told?.action === 'string') return `${actionName(action)}：${nameIn(actionNames, told.action)}`
  if (action === 'claim' && typeof told?.claim === 'boolean') return told.claim ? '领取' : '放回'
  if (action === 'failed' && typeof told?.asked === 'string') return `${actionName(action)}：${actionName(told.asked)}`
  return actionName(action)
}

function objectOf(detail: string): Record<string, unknown> | null {
  try {
    const told: unknown = JSON.parse(detail)
    return typeof told === 'object' && told !== null && !Array.isArray(told) ? (told as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** What a row tells: values, or of a change what was and what is. */
export interface Detail {
  isChange: boolean
  lines: { field: string; was: string; is: string }[]
}

/** detailOf reads the detail of a row; what is no object stands as it is. */
export function detailOf({ action, collection, detail }: Pick<AuditLogRecord, 'action' | 'collection' | 'detail'>): Detail {
  if (!detail) return { isChange: false, lines: [] }
  const told = objectOf(detail)
  if (!told) return { isChange: false, lines: [{ field: '内容', was: '', is: detail }] }
  if (told.shortened === true) return { isChange: false, lines: [{ field: '内容', was: '', is: `太长，没有保留原文；${fingerprintWord(told, '字节')}` }] }
  const isChange = action === 'update'
  const lines = inOrder(told).map(([field, value]) => {
    const [was, is] = isChange && Array.isArray(value) && value.length === 2 ? (value as unknown[]) : [null, value]
    const word = (one: unknown) => valueWord(one, namesFor(field, collection))
    return { field: fieldName(field, collection), was: isChange ? word(was) : '', is: word(is) }
  })
  return { isChange, lines }
}

/** inOrder puts the fields as the table of words has them: a row has them by the alphabet. */
const order = new Map(Object.keys(auditFieldNames).map((field, index) => [field, index]))
const inOrder = (told: Record<string, unknown>) => Object.entries(told).sort(([a], [b]) => (order.get(a) ?? order.size) - (order.get(b) ?? order.size))

const methods: Names = { password: '密码', otp: '邮箱验证码', mfa: '二次验证', oauth2: '第三方登录' }
const valueNames: Readonly<Record<string, Names>> = {
  stage: stageNames, action: actionNames, duties: dutyNames, acts_as: dutyNames, duty: dutyNames, form: formNames, class: findingNames, asked: auditActionNames, method: methods,
}

const namesFor = (field: string, collection: string): Names => (field === 'state' && collection === 'articles' ? stateNames : (valueNames[field] ?? {}))

const isInstant = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\.\d{3}Z$/

function valueWord(value: unknown, names: Names): string {
  if (value === null || value === undefined || value === '') return '（空）'
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string') return isInstant.test(value) ? secondOf(value) : nameIn(names, value)
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map((one) => valueWord(one, names)).join('、') || '（空）'
  const told = value as Record<string, unknown>
  return typeof told.sha256 === 'string' ? fingerprintWord(told, '字') : JSON.stringify(value)
}

/** A text that the audit does not quote: its length, and enough of its hash to compare. */
const fingerprintWord = ({ chars, sha256 }: Record<string, unknown>, unit: string): string => `共 ${String(chars)} ${unit}，校验值 ${String(sha256).slice(0, 16)}…`
