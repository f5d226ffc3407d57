import { minuteOf } from '../../articles/articleWords'
import { filterOf } from '../../page/caseFilter'
import type { PushDelivery, PushSubscriber } from '../../../shared/api/push.gen'

type Look = 'is-plain' | 'is-care' | 'is-good'

export const deliveryStates = [
  ['waiting', '等待投递'],
  ['delivered', '已送到'],
  ['dead', '没有送到（死信）'],
  ['discarded', '已放弃'],
] as const

/** stateWord says how a delivery stands. */
export const stateWord = (d: PushDelivery): string => deliveryStates.find(([state]) => state === d.state)?.[1] ?? d.state
export const stateLook = (d: PushDelivery): Look => (d.state === 'delivered' ? 'is-good' : d.state === 'dead' ? 'is-care' : 'is-plain')

/** standing says how it goes with a subscriber. */
export function standing(s: PushSubscriber): { word: string; look: Look } {
  if (s.state === 'off') return { word: `已停止：${s.off_reason}`, look: 'is-care' }
  if (s.state === 'paused') return { word: '已暂停', look: 'is-plain' }
  if (s.silent_since) return { word: `从 ${minuteOf(s.silent_since)} 起没有动静`, look: 'is-care' }
  return { word: '正常', look: 'is-good' }
}

/** The conditions of the list of deliveries: id of a subscriber, state, event. */
export type DeliveryFilter = typeof noFilter
export const { noFilter, filterFrom, queryOf, isNarrowed } = filterOf(['subscriber', 'state', 'event'])
export const askOf = (filter: DeliveryFilter, page: number, perPage: number): Record<string, string> => ({ ...queryOf(filter), page: String(page), per_page: String(perPage) })

/** pretty shows a body as lines; what is no JSON stays. */
export function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
