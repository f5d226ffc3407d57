import { ClientResponseError } from 'pocketbase'
import { schoolLabels } from './registry/schools/schoolWords'
import { inquiryLabels } from './inquiries/inquiryLabels'
import { requestLabels } from './requests/requestLabels'
import { settingLabels } from './settings/settingsWords'
import { standardLabels } from './supervision/standard/standardWords'
import { surveyLabels } from './survey/surveyWords'

/** What went wrong, in words a person can act on. */
export interface Problem {
  status: number
  summary: string
  fields: FieldProblem[]
}

export interface FieldProblem {
  field: string
  message: string
}

/** Labels of the fields, as the forms show them and in that order. */
export const fieldLabels: Record<string, string> = {
  title: '标题',
  created_on: '生成日期',
  originally_on: '原发布日期',
  valid_until: '有效期至',
  doc_number: '文号',
  source: '来源',
  facts: '栏目要素',
  body: '正文',
  attachments: '附件',
  column: '栏目',
  due_on: '公开期限',
  schools: '下发学校',
  files: '附件',
  publicity_workdays: '公示期',
  release_at: '公开时间',
  check: '审核要点',
  result: '审查结果',
  found: '涉及内容',
  basis: '依据',
  findings: '自动检查',
  reason: '原因',
  file: '文件',
  alt: '图片说明',
  email: '邮箱',
  password: '密码',
  passwordConfirm: '再次输入密码',
  code: '验证码',
  name: '姓名',
  school: '单位',
  duties: '职责',
  absent: '被代理人',
  duty: '代理的职责',
  stand_in: '代理人',
  from: '开始日期',
  until: '结束日期',
  words: '词表',
  stage: '学段',
  ownership: '办学性质',
  form: '审核方式',
  workdays: '审核时限',
  valid_from: '生效日期',
  fees: '行政事业性收费金额',
  kind: '种类',
  ref: '由哪一件引起',
  cases_to: schoolLabels.cases_to!, staff: schoolLabels.staff!, value: schoolLabels.value!, decision: schoolLabels.decision!, stages: schoolLabels.stages!,
  secret: '密码或令牌',
  silent_days: '几天没有成功就提醒',
  schedule: '什么时候读',
  hour: '每天几点',
  every: '隔几小时',
  ...inquiryLabels,
  ...requestLabels,
  ...settingLabels,
  ...surveyLabels,
  ...standardLabels,
}

// PocketBase's own checks speak English; the hooks' checks speak Chinese already.
const sentences: Record<string, string> = {
  validation_required: '请填写此项',
  validation_max_text_constraint: '内容过长，请缩短',
  validation_length_out_of_range: '内容过长，请缩短',
  validation_invalid_format: '格式不正确',
  validation_file_size_limit: '文件过大，单个文件不超过 20 MB',
  validation_invalid_mime_type: '不支持这种文件',
  validation_not_unique: '已有相同的内容',
}

const byStatus: Record<number, string> = {
  0: '连接不上服务器，请检查网络后重试。',
  401: '登录已过期，请重新登录。',
  403: '您的账号没有这项权限，请联系管理员。',
  404: '找不到这条信息，可能已被删除，或不属于您的学校。',
  413: '文件过大，单个文件不超过 20 MB。',
  429: '操作太频繁，请稍等一分钟再试。',
}

const isChinese = (text: unknown): text is string => typeof text === 'string' && /[\u4e00-\u9fff]/.test(text)

interface RawFieldError {
  code?: unknown
  message?: unknown
}

/** problemOf turns whatever was thrown into words; it never shows English or technical text. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof ClientResponseError)) return { status: -1, summary: '页面出错了，请刷新后重试。', fields: [] }
  const all = fieldsOf(error.response.data)
  // What is not about a field of a form (an illegal step, a frozen version) is the summary.
  // A path, such as config.paging.param, is a field of a form that names its own.
  const isPath = (field: string) => field.includes('.')
  const fields = [...Object.keys(fieldLabels).flatMap((name) => all.find(({ field }) => field === name) ?? []), ...all.filter(({ field }) => isPath(field))]
  const other = all.find(({ field }) => !(field in fieldLabels) && !isPath(field))
  return { status: error.status, summary: other?.message ?? summaryOf(error, fields.length), fields }
}

function fieldsOf(data: unknown): FieldProblem[] {
  if (typeof data !== 'object' || data === null) return []
  return Object.entries(data as Record<string, RawFieldError | null>).map(([field, raw]) => ({ field, message: sentenceOf(raw ?? {}) }))
}

function sentenceOf(raw: RawFieldError): string {
  if (isChinese(raw.message)) return raw.message
  return sentences[String(raw.code)] ?? '填写有误，请检查'
}

function summaryOf(error: ClientResponseError, fieldCount: number): string {
  if (isChinese(error.response.message)) return error.response.message
  if (fieldCount > 0) return `有 ${fieldCount} 处需要修改`
  if (error.status >= 500) return '服务器暂时出错，请稍后重试。'
  return byStatus[error.status] ?? '操作没有成功，请检查后重试。'
}

/** messageFor gives the sentence for one field, or nothing. */
export function messageFor(problem: Problem | null, field: string): string {
  return problem?.fields.find((f) => f.field === field)?.message ?? ''
}

/** mayPass: another try may bring what this one did not. Who may not see a thing, or asks for what is not there, is refused again. */
export const mayPass = ({ status }: Problem): boolean => status !== 403 && status !== 404

/** Worth trying again by itself: the network or the server, not the input. */
export const isTemporary = (problem: Problem): boolean => problem.status === 0 || problem.status === 429 || problem.status >= 500
