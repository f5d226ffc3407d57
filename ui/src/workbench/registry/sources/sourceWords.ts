import type { Problem } from '../../problem'
import { labelsOf } from '../../requests/fields'
import type { NamedCode, RegistrySource } from '../../../shared/api/registry.gen'
import { sourceFields } from './sourceFields'

/** scheduleWord says when a source is read. */
export function scheduleWord({ schedule, hour, every }: Pick<RegistrySource, 'schedule' | 'hour' | 'every'>): string {
  if (schedule === 'daily') return `每天 ${hour} 点`
  return schedule === 'hours' ? `每 ${every} 小时` : '由人开始'
}

const labels: Record<string, string> = { ...labelsOf(sourceFields), secret: '密码或令牌', name: '来源名称', 'config.fields': '字段对照' }

/** labelsFor are the labels of what the server found wrong, whose names are paths. */
export function labelsFor(problem: Problem | null, fields: readonly NamedCode[]): Record<string, string> {
  return Object.fromEntries((problem?.fields ?? []).map(({ field }) => [field, labels[field] ?? pathWord(field, fields)]))
}

function pathWord(path: string, fields: readonly NamedCode[]): string {
  const [first, second, third] = path.split('.')
  if (first === 'config' && second === 'fields') return `字段对照“${fields.find(({ code }) => code === third)?.name ?? third}”`
  if (first === 'config' && second === 'params') return `第 ${Number(third) + 1} 个请求参数`
  if (first === 'rules') return `第 ${Number(second) + 1} 条自动接受的规则`
  return '安全界限'
}
