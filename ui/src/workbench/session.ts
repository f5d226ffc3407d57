import { ClientResponseError } from 'pocketbase'
import { computed, readonly, ref, shallowRef } from 'vue'
import { fetchDesk, pb } from './api'
import type { Duty } from './navigation'
import type { Desk, StaffRecord } from './types'

/** Why somebody stands at the sign-in page. */
export type Leaving = '' | 'left' | 'idle' | 'expired'

// The only state of the module level: who is signed in, and their desk.
const staff = shallowRef<StaffRecord | null>(known())
const desk = shallowRef<Desk | null>(null)
const leaving = ref<Leaving>('')
const beforeLeaving = new Set<() => Promise<unknown>>()

function known(): StaffRecord | null {
  return pb.authStore.isValid ? (pb.authStore.record as StaffRecord | null) : null
}

pb.authStore.onChange(() => {
  staff.value = known()
  if (staff.value) leaving.value = ''
  else desk.value = null
})

// An expired token makes PocketBase answer as if nobody were signed in: empty
// lists and "not found". So the token is looked at before each request.
pb.beforeSend = (url, options) => {
  if (pb.authStore.token && !pb.authStore.isValid) {
    expire()
    throw new ClientResponseError({ url, status: 401 })
  }
  return { url, options }
}

pb.afterSend = (response: Response, data: unknown) => {
  if (response.status === 401) expire()
  return data
}

function expire() {
  leaving.value = 'expired'
  pb.authStore.clear()
}

/** signOut saves what is being written first, then forgets the person. */
async function signOut(reason: Leaving = 'left'): Promise<void> {
  await Promise.allSettled([...beforeLeaving].map((save) => save()))
  leaving.value = reason
  pb.authStore.clear()
}

/** beforeSignOut registers work to finish before signing out; call the result to take it back. */
function beforeSignOut(save: () => Promise<unknown>): () => void {
  beforeLeaving.add(save)
  return () => beforeLeaving.delete(save)
}

const ended = computed(() => desk.value?.ended ?? '')

/** holds tells whether somebody can do what a duty is for, their own or one they stand in for: of a school that has ended nobody can. */
const holds = (duty: Duty): boolean => ended.value === '' && ((staff.value?.acts_as ?? staff.value?.duties)?.includes(duty) ?? false)

async function loadDesk(): Promise<Desk> {
  const fresh = await fetchDesk()
  if (staff.value) desk.value = fresh
  return fresh
}

export const session = {
  staff: readonly(staff),
  desk,
  leaving: readonly(leaving),
  isSignedIn: computed(() => staff.value !== null),
  isEditor: computed(() => holds('editor')),
  /** What became of the person's school, in words: then they only read. '' is everybody else. */
  ended,
  holds,
  signOut,
  beforeSignOut,
  loadDesk,
}
