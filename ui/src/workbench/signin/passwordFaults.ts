import type { FieldProblem } from '../problem'

const least = 10
const most = 71

/** passwordFaults says what the server would refuse, before it is asked. */
export function passwordFaults(password: string, again: string): FieldProblem[] {
  const faults: FieldProblem[] = []
  const fault = rule(password)
  if (fault) faults.push({ field: 'password', message: fault })
  else if (again !== password) faults.push({ field: 'passwordConfirm', message: again ? '两次输入的密码不一样' : '请再输入一次密码' })
  return faults
}

function rule(password: string): string {
  if (!password) return '请填写新密码'
  if ([...password].length < least) return `密码至少 ${least} 个字符`
  if (new TextEncoder().encode(password).length > most) return '密码太长，请不超过 70 个字符'
  const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\d/, /[^\p{Lu}\p{Ll}\d]/u].filter((kind) => kind.test(password)).length
  return kinds < 3 ? '密码要包含大写字母、小写字母、数字、符号中的至少三种' : ''
}
