/** One field of a form that is drawn from a table. */
export interface Field {
  name: string
  label: string
  kind: 'line' | 'text' | 'day' | 'number' | 'choice' | 'tick' | 'email'
  hint?: string
  optional?: boolean
  max?: number
  options?: { value: string; label: string }[]
  value?: Value
}

export type Value = string | number | boolean
export type Values = Record<string, Value>

/** valuesOf is an empty form: every field has what it begins with. */
export const valuesOf = (fields: Field[]): Values =>
  Object.fromEntries(fields.map(({ name, kind, value }) => [name, value ?? (kind === 'tick' ? false : kind === 'number' ? 0 : '')]))

/** labelsOf are the labels of a form, for the summary of what is wrong with it. */
export const labelsOf = (fields: Field[]): Record<string, string> => Object.fromEntries(fields.map(({ name, label }) => [name, label]))

/** optionsOf makes the options of a choice from a table of names. */
export const optionsOf = (names: Record<string, string>) => Object.entries(names).map(([value, label]) => ({ value, label }))
