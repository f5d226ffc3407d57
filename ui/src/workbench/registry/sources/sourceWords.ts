import type { Problem } from '../../problem'
import { labelsOf } from '../../requests/fields'
import type { Values } from '../../requests/fields'
import type { NamedCode, RegistrySource, RegistryTrial } from '../../../shared/api/registry.gen'
import { sections, shownFields, sourceFields } from './sourceFields'

/** scheduleWord says when a source is read. */
export function scheduleWord({ schedule, hour, every }: Pick<RegistrySource, 'schedule' | 'hour' | 'every'>): string {
  if (schedule === 'daily') return `每天 ${hour} 点`
  return schedule === 'hours' ? `每 ${every} 小时` : '由人开始'
}

const labels: Record<string, string> = { ...labelsOf(sourceFields), secret: '密码或令牌', name: '来源名称', file: '样例文件', 'config.fields': '字段对照' }

/** labelsFor are the labels of what the server found wrong, whose names are paths, as the form calls them that is shown. */
export function labelsFor(problem: Problem | null, fields: readonly NamedCode[], form: Values = {}): Record<string, string> {
  const shown = { ...labels, ...labelsOf(Object.values(sections).flatMap((section) => shownFields(section, form))) }
  return Object.fromEntries((problem?.fields ?? []).map(({ field }) => [field, shown[field] ?? pathWord(field, fields)]))
}

// Where a person mends what keeps a source from being read. What is not here is mended at the source.
const faultFields: Record<string, string> = {
  private: 'private_allowed', unresolved: 'config.url', silent: 'config.url', missing: 'config.url', insecure: 'config.url', strayed: 'config.url', loop: 'config.url', refused: 'config.url', not_json: 'config.url',
  no_rows: 'config.rows', repeating: 'config.paging.param', incomplete: 'config.paging.total', nameless: 'config.fields.name',
}

/** faultProblem is why a try read nothing, at the field where it is mended; nothing where no field of the form is to blame. */
export function faultProblem(trial: RegistryTrial | null, form: Values): Problem | null {
  if (!trial?.fault) return null
  if (trial.fault === 'no_file') return unread(form['config.folder'] ? 'config.folder' : 'file', trial.sentence)
  const entry = ['no_entry', 'expired', 'forbidden'].includes(trial.fault)
  const field = entry ? (['', '-'].includes(String(form['config.auth.sign'])) ? 'config.auth.sign' : 'secret') : faultFields[trial.fault]
  const isShown = field === 'secret' || field === 'config.fields.name' || Object.values(sections).some((section) => shownFields(section, form).some(({ name }) => name === field))
  return field && isShown ? unread(field, trial.sentence) : null
}

const unread = (field: string, message: string): Problem => ({ status: 200, summary: '没有读成', fields: [{ field, message }] })

function pathWord(path: string, fields: readonly NamedCode[]): string {
  const [first, second, third] = path.split('.')
  if (first === 'config' && second === 'fields') return `字段对照“${fields.find(({ code }) => code === third)?.name ?? third}”`
  if (first === 'config' && second === 'params') return `第 ${Number(third) + 1} 个请求参数`
  if (first === 'rules') return `第 ${Number(second) + 1} 条自动接受的规则`
  return '安全界限'
}
