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
  if (s.dead) return { word: '有没送到的', look: 'is-care' }
  return { word: '正常', look: 'is-good' }
}

/** hourWords says how much there was for a subscriber in the last hour. */
export const hourWords = (s: Pick<PushSubscriber, 'hour_made' | 'hour_tried'>): string =>
  s.hour_made || s.hour_tried ? `产生 ${s.hour_made} 条，投递 ${s.hour_tried} 次` : '没有推送'

/** tokenWords says which token is good; one that was replaced is good for a day. */
export function tokenWords(s: Pick<PushSubscriber, 'token_end' | 'old_token_until' | 'old_token_in_use'>): string {
  if (!s.old_token_until) return `末四位 ${s.token_end}`
  return `末四位 ${s.token_end}；旧令牌到 ${minuteOf(s.old_token_until)} 失效${s.old_token_in_use ? '，对方还在用旧的' : ''}`
}

/** The conditions of the list of deliveries: id of a subscriber, code of a school, state, event, fault of the last attempt. */
export type DeliveryFilter = typeof noFilter
export const { noFilter, filterFrom, queryOf, isNarrowed } = filterOf(['subscriber', 'school', 'state', 'fault', 'event'])
export const askOf = (filter: DeliveryFilter, page: number, perPage: number): Record<string, string> => ({ ...queryOf(filter), page: String(page), per_page: String(perPage) })

/** pretty shows a body as lines; what is no JSON stays. */
export function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
