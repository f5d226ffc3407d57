const minute = 60_000
const guarded = ['reviewer', 'secrecy_reviewer', 'principal', 'admin']

interface Person {
  school: string
  duties: readonly string[]
  acts_as?: readonly string[]
}

/** idleLimit is shorter for those who decide and for the bureau (GB/T 22239 身份鉴别). */
export function idleLimit(person: Person | null): number {
  if (!person) return 30 * minute
  const decides = [...person.duties, ...(person.acts_as ?? [])].some((duty) => guarded.includes(duty))
  return (person.school === '' || decides ? 15 : 30) * minute
}
