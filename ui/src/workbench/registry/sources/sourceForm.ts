import { usualShares } from '../../../shared/api/registry.gen'
import type { Config, NamedCode, RegistryRule, RegistrySource, SourceChange } from '../../../shared/api/registry.gen'
import type { Value, Values } from '../../requests/fields'
import { mappingOf, rowsOf } from './mappingRows'
import type { MappingRow } from './mappingRows'
import { nothing, shownFields, sections, sourceFields } from './sourceFields'
import type { SourceField } from './sourceFields'

/** A parameter of the request; values are its values, one a line. */
export interface ParamRow {
  name: string
  values: string
}

/** A source as it is written in its form: what has one value by its path, and the lists. */
export interface SourceForm {
  values: Values
  secret: string
  forgetsSecret: boolean
  params: ParamRow[]
  rows: MappingRow[]
  rules: RegistryRule[]
}

/** What a form begins with: a stored source, or what a preset gives. */
export type Given = Partial<Pick<RegistrySource, 'name' | 'schedule' | 'hour' | 'every' | 'silent_days' | 'active' | 'private_allowed' | 'rules' | 'shares'>> & { config: Config }

export function formOf(given: Given, order: readonly NamedCode[]): SourceForm {
  const source = { shares: usualShares, ...given }
  const values: Values = {}
  for (const field of sourceFields) values[field.name] = shown(field, valueAt(source, field.name))
  return {
    values,
    secret: '',
    forgetsSecret: false,
    params: (given.config.params ?? []).map(({ name, values: all }) => ({ name, values: all.join('\n') })),
    rows: rowsOf(given.config.fields, order),
    rules: (given.rules ?? []).map((rule) => ({ ...rule, basis: [...(rule.basis ?? [])] })), // none is null,
  }
}

/** configOf is how the source is read, as the form says. What the kind does not ask for is left out. */
export function configOf(form: SourceForm): Config {
  const first = Number(form.values['config.paging.first'])
  const asked = { config: { kind: '', auth: {}, paging: { first }, since: {}, good: {} } as Config }
  for (const field of Object.values(sections).flatMap((section) => shownFields(section, form.values))) {
    if (!field.name.startsWith('config.')) continue
    const value = kept(field, form.values[field.name]!)
    if (value !== '' && value !== 0 && !(Array.isArray(value) && value.length === 0)) setAt(asked, field.name, value)
  }
  const { config } = asked
  const fields = mappingOf(form.rows, config.kind)
  const inAddress = (name: string) => new URLSearchParams(String(config.url ?? '').split('?')[1]).get(name)
  const params = form.params
    .map(({ name, values }) => ({ name: name.trim(), values: values.split('\n').map((one) => one.trim()) }))
    .filter(({ name, values }) => values.some(Boolean) || !inAddress(name)) // an address copied from the browser says it already
  return {
    ...config,
    ...(config.kind !== 'file' && params.length > 0 && { params }),
    ...(Object.keys(fields).length > 0 && { fields }),
  }
}

/** changeOf is what the form asks to be stored. A secret that was not typed stays. */
export function changeOf(form: SourceForm): SourceChange {
  const value = <T extends Value>(name: string) => form.values[name] as T
  const shares = structuredClone(usualShares)
  for (const field of sections.guard.fields) setAt({ shares }, field.name, kept(field, form.values[field.name]!))
  return {
    name: value<string>('name'),
    config: configOf(form),
    secret: secretOf(form),
    schedule: value<string>('schedule'),
    hour: value<number>('hour'),
    every: value<number>('every'),
    silent_days: value<number>('silent_days'),
    active: value<boolean>('active'),
    private_allowed: value<boolean>('private_allowed'),
    rules: form.rules,
    shares,
  }
}

/** secretOf is the secret to be stored or tried with; null is the stored one. */
export const secretOf = (form: SourceForm): string | null => form.secret || (form.forgetsSecret ? '' : null)

function shown(field: SourceField, value: unknown): Value {
  const empty = field.value ?? (field.kind === 'tick' ? false : field.kind === 'number' ? 0 : '')
  if (value === undefined || value === null || value === '') return empty
  if (Array.isArray(value)) return value.join(' ')
  if (field.as === 'percent') return Math.round(Number(value) * 10_000) / 100
  if (field.as === 'decimal') return value === 0 ? '' : String(value)
  return value as Value
}

function kept(field: SourceField, value: Value): Value | string[] {
  if (value === nothing) return ''
  if (field.as === 'list') return String(value).split(/\s+/).filter(Boolean)
  if (field.as === 'percent') return Number(value) / 100
  if (field.as === 'decimal') return value === '' ? 0 : Number(value) || -1 // what is no number is refused at the field
  return typeof value === 'string' && field.name !== 'config.auth.prefix' ? value.trim() : value
}

type Tree = Record<string, unknown>

function valueAt(tree: object, path: string): unknown {
  return path.split('.').reduce<unknown>((at, step) => (at as Tree | undefined)?.[step], tree)
}

function setAt(tree: object, path: string, value: unknown) {
  const steps = path.split('.')
  const last = steps.pop()!
  const at = steps.reduce<Tree>((into, step) => (into[step] ??= {}) as Tree, tree as Tree)
  at[last] = value
}
