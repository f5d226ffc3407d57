import { ref, shallowRef } from 'vue'
import { problemOf } from '../problem'
import type { Problem } from '../problem'
import { session } from '../session'

/** useSignIn checks the two fields, signs in and says why not. */
export function useSignIn(onSignedIn: () => void) {
  const email = ref('')
  const password = ref('')
  const pending = ref(false)
  const problem = shallowRef<Problem | null>(null)

  async function submit() {
    problem.value = missing(email.value, password.value)
    if (problem.value || pending.value) return
    pending.value = true
    try {
      await session.signIn(email.value.trim(), password.value)
      password.value = ''
      onSignedIn()
    } catch (thrown) {
      problem.value = refusal(problemOf(thrown))
    } finally {
      pending.value = false
    }
  }

  return { email, password, pending, problem, submit }
}

function missing(email: string, password: string): Problem | null {
  const fields = []
  if (!email.trim()) fields.push({ field: 'email', message: '请填写邮箱' })
  if (!password) fields.push({ field: 'password', message: '请填写密码' })
  return fields.length > 0 ? { status: 400, summary: '请先填写完整', fields } : null
}

/** refusal never says which of the two was wrong. */
function refusal(problem: Problem): Problem {
  if (problem.status !== 400) return problem
  return { status: 400, summary: '邮箱或密码不正确，请检查后重试。连续 5 次错误将锁定 15 分钟。', fields: [] }
}
