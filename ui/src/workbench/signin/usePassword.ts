import { isTokenExpired } from 'pocketbase'
import { computed, ref, shallowRef } from 'vue'
import { door } from '../api'
import { problemOf } from '../problem'
import type { Problem } from '../problem'
import { passwordFaults } from './passwordFaults'

/** usePassword sets a password with the token of a mailed link. */
export function usePassword(token: string) {
  const password = ref('')
  const passwordConfirm = ref('')
  const pending = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const isDone = ref(false)
  const isStale = ref(token !== '' && isTokenExpired(token))

  async function submit() {
    const fields = passwordFaults(password.value, passwordConfirm.value)
    problem.value = fields.length > 0 ? { status: 400, summary: `有 ${fields.length} 处需要修改`, fields } : null
    if (problem.value || pending.value) return
    pending.value = true
    try {
      await door.collection('staff').confirmPasswordReset(token, password.value, passwordConfirm.value)
      isDone.value = true
      password.value = passwordConfirm.value = ''
    } catch (thrown) {
      const refused = problemOf(thrown)
      // what is not about the password is about the link: used, renewed, or its account closed
      isStale.value = refused.status === 400 && refused.fields.length === 0
      problem.value = isStale.value ? null : refused
    } finally {
      pending.value = false
    }
  }

  return { password, passwordConfirm, pending, problem, isDone, isStale: computed(() => isStale.value), submit }
}

/** useNewLink asks for a new link; the answer never tells whether the account exists. */
export function useNewLink() {
  const email = ref('')
  const pending = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const isSent = ref(false)

  async function submit() {
    const address = email.value.trim()
    problem.value = /^\S+@\S+$/.test(address) ? null : { status: 400, summary: '请先填写完整', fields: [{ field: 'email', message: '请填写您的登录邮箱' }] }
    if (problem.value || pending.value) return
    pending.value = true
    try {
      await door.collection('staff').requestPasswordReset(address)
      isSent.value = true
    } catch (thrown) {
      problem.value = problemOf(thrown)
    } finally {
      pending.value = false
    }
  }

  return { email, pending, problem, isSent, submit }
}
