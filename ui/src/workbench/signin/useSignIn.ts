import { ClientResponseError } from 'pocketbase'
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { door } from '../api'
import { problemOf } from '../problem'
import type { Problem } from '../problem'

const wait = 60 // seconds until another code may be asked for

/**
 * useSignIn signs in with the password and, where the server asks for it, with
 * a code that it mails. The first step's proof (mfaId) is kept here only.
 */
export function useSignIn(onSignedIn: () => void) {
  const email = ref('')
  const password = ref('')
  const code = ref('')
  const pending = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const second = shallowRef<{ mfaId: string; otpId: string } | null>(null)
  const { left: secondsLeft, begin: beginWaiting } = useCountdown(wait)
  const resent = ref(false)

  async function run(work: () => Promise<void>, refusal: (problem: Problem) => Problem) {
    if (pending.value) return
    pending.value = true
    try {
      await work()
    } catch (thrown) {
      problem.value = refusal(problemOf(thrown))
    } finally {
      pending.value = false
    }
  }

  function submit() {
    problem.value = missing(email.value, password.value)
    if (problem.value) return
    return run(async () => {
      const mfaId = await givePassword(email.value.trim(), password.value)
      if (mfaId) await ask(mfaId)
      password.value = ''
      if (!mfaId) onSignedIn()
    }, refusedPassword)
  }

  async function ask(mfaId: string) {
    const { otpId } = await door.collection('staff').requestOTP(email.value.trim(), { query: { mfaId } })
    second.value = { mfaId, otpId }
    beginWaiting()
  }

  function resend() {
    const mfaId = second.value?.mfaId
    if (!mfaId || secondsLeft.value > 0) return
    problem.value = null
    return run(async () => {
      await ask(mfaId)
      resent.value = true
    }, refusedCode)
  }

  function submitCode() {
    const digits = code.value.replace(/\s/g, '')
    problem.value = /^\d{6}$/.test(digits) ? null : wrongCode('请填写邮件里的 6 位数字')
    const step = second.value
    if (problem.value || !step) return
    return run(async () => {
      await door.collection('staff').authWithOTP(step.otpId, digits, { query: { mfaId: step.mfaId } })
      back()
      onSignedIn()
    }, refusedCode)
  }

  function back() {
    second.value = null
    code.value = ''
    resent.value = false
    problem.value = null
  }

  return { email, password, code, pending, problem, hasPassword: computed(() => second.value !== null), secondsLeft, resent, submit, submitCode, resend, back }
}

/** givePassword signs in, or returns the proof with which a code can be asked for. */
async function givePassword(email: string, password: string): Promise<string> {
  try {
    await door.collection('staff').authWithPassword(email, password)
    return ''
  } catch (thrown) {
    const mfaId: unknown = thrown instanceof ClientResponseError ? thrown.response.mfaId : undefined
    if (typeof mfaId === 'string') return mfaId
    throw thrown
  }
}

/** useCountdown counts seconds down; it compares clock times, because a sleeping computer stops timers. */
function useCountdown(seconds: number) {
  const end = ref(0)
  const now = ref(0)
  const left = computed(() => Math.max(0, Math.ceil((end.value - now.value) / 1000)))
  const timer = setInterval(() => (now.value = Date.now()), 500)
  onScopeDispose(() => clearInterval(timer))
  return {
    left,
    begin() {
      now.value = Date.now()
      end.value = now.value + seconds * 1000
    },
  }
}

function missing(email: string, password: string): Problem | null {
  const fields = []
  if (!email.trim()) fields.push({ field: 'email', message: '请填写邮箱' })
  if (!password) fields.push({ field: 'password', message: '请填写密码' })
  return fields.length > 0 ? { status: 400, summary: '请先填写完整', fields } : null
}

/** refusedPassword never says which of the two was wrong. */
function refusedPassword(problem: Problem): Problem {
  if (problem.status === 403) return { status: 403, summary: '账号已停用，不能登录。如有疑问请联系账号管理员。', fields: [] }
  if (problem.status !== 400) return problem
  return { status: 400, summary: '邮箱或密码不正确，请检查后重试。连续 5 次错误将锁定 15 分钟。', fields: [] }
}

function refusedCode(problem: Problem): Problem {
  if (problem.status === 429 && !problem.summary.includes('锁定')) return { ...problem, summary: '尝试次数太多，请等 3 分钟，再重新获取验证码。' }
  if (problem.status !== 400) return problem
  return wrongCode('验证码不正确或已过期（5 分钟内有效）。请填写最近一封邮件里的验证码，或返回重新登录')
}

const wrongCode = (message: string): Problem => ({ status: 400, summary: '验证码没有通过', fields: [{ field: 'code', message }] })
