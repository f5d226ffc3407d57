import { computed, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { accounts, inviteAccount, manageAccount, pb, schools } from '../api'
import type { AccountAnswer } from '../api'
import { session } from '../session'
import { useLoaded } from '../useLoaded'
import { useTask } from '../useTask'
import type { SchoolsRecord, StaffRecord } from '../../shared/api/schema.gen'

/** What is said after something was done; a link is shown once. */
export interface Said {
  text: string
  look: 'is-good' | 'is-care'
  link: string
}

export interface Invitation {
  email: string
  name: string
  duties: string[]
}

/** useStaff lists the people of one place and manages their accounts. */
export function useStaff() {
  const route = useRoute()
  const router = useRouter()
  const me = computed(() => session.staff.value)
  const isBureau = computed(() => me.value?.school === '')
  const manages = computed(() => session.holds('admin'))
  const place = computed(() => (isBureau.value ? (typeof route.query.school === 'string' ? route.query.school : '') : (me.value?.school ?? '')))
  const people = useLoaded<StaffRecord[]>(() =>
    accounts().getFullList({ filter: pb.filter('school = {:school}', { school: place.value }), sort: 'deactivated_at,name' }),
  )
  const places = useLoaded<SchoolsRecord[]>(() => schools().getFullList({ sort: 'code', fields: 'id,code,name,short_name' }))
  const said = shallowRef<Said | null>(null)
  const { pending, problem, run } = useTask()

  watch(place, () => route.name === 'staff' && people.load(), { immediate: true })
  if (isBureau.value) void places.load()

  /** act does something, tells what became of it, and shows the people anew. */
  const act = (work: () => Promise<Said>): Promise<boolean> =>
    run(async () => {
      said.value = null
      said.value = await work()
      await people.load()
    })

  const invite = (form: Invitation) => act(async () => answered(await inviteAccount({ ...form, school: place.value }), '已邀请。'))
  const again = (who: StaffRecord) => act(async () => answered(await manageAccount(who.id, 'invite'), '已重新邀请。'))
  const reset = (who: StaffRecord) => act(async () => answered(await manageAccount(who.id, 'reset'), '已重置。'))
  const deactivate = (who: StaffRecord, reason: string) =>
    act(async () => answered(await manageAccount(who.id, 'deactivate', { reason }), `已停用${who.name}的账号，对方已立即退出登录。等待其办理的审核已转给其他人。`))
  const reactivate = (who: StaffRecord) => act(async () => answered(await manageAccount(who.id, 'reactivate'), `已恢复${who.name}的账号，原来的密码仍可使用。`))
  const change = (who: StaffRecord, fields: { name: string; duties?: string[] }) =>
    act(async () => answered(await accounts().update<AccountAnswer>(who.id, fields), `已保存${fields.name}的职责。`))

  const choose = (school: string) => router.push({ name: 'staff', query: school ? { school } : {} })
  const placeName = computed(() => (place.value === '' ? '区教育局' : (places.data.value?.find(({ id }) => id === place.value)?.short_name ?? session.desk.value?.school?.short_name ?? '本校')))

  return { people, places, place, placeName, isBureau, manages, me, said, problem, pending, invite, again, reset, deactivate, reactivate, change, choose }
}

function answered(answer: AccountAnswer, otherwise: string): Said {
  return { text: answer.message ?? otherwise, look: answer.sent === 'link' || answer.sent === 'failed' ? 'is-care' : 'is-good', link: answer.link ?? '' }
}
