type Option = readonly [value: string, label: string]

/** A condition of a filter: a day, or one of the options; any is what '' says, 全部 if not given. */
export interface FilterField<Name extends string = string> {
  name: Name
  label: string
  options?: readonly Option[]
  groups?: readonly { name: string; options: readonly Option[] }[]
  any?: string
}

/** codedOptions are the options of a list of what has a code. */
export const codedOptions = (list: readonly { code: string; name: string }[]): Option[] => list.map(({ code, name }) => [code, name])

/** dayFields are the first and the last day of a period. */
export const dayFields = (label: string): FilterField<'from' | 'to'>[] => [{ name: 'from', label: `${label}从` }, { name: 'to', label: '到' }]
