import { pb } from '../../api'
import type { PushDeliveryDesk, PushDeliveryList, PushDesk, PushForm, PushSecrets } from '../../../shared/api/push.gen'

const base = '/api/app/push'
const send = <T>(path: string, method: string, body?: unknown): Promise<T> => pb.send<T>(base + path, { method, ...(body !== undefined && { body }) })

export const fetchPush = (): Promise<PushDesk> => send<PushDesk>('', 'GET')
export const keepSubscriber = (id: string, form: PushForm) => (id ? send<PushSecrets>(`/subscribers/${id}`, 'PUT', form) : send<PushSecrets>('/subscribers', 'POST', form))
export const removeSubscriber = (id: string) => send<PushSecrets>(`/subscribers/${id}`, 'DELETE')
export const setState = (id: string, state: 'active' | 'paused') => send<PushSecrets>(`/subscribers/${id}/state`, 'POST', { state })
export const rotate = (id: string, what: 'token' | 'key', atOnce: boolean) => send<PushSecrets>(`/subscribers/${id}/rotate`, 'POST', { what, at_once: atOnce })
export const sendTest = (id: string) => send<PushDeliveryDesk>(`/subscribers/${id}/test`, 'POST')
export const replayAll = (id: string) => send<PushSecrets>(`/subscribers/${id}/replay`, 'POST')

export const fetchDeliveries = (query: Record<string, string>): Promise<PushDeliveryList> => pb.send<PushDeliveryList>(`${base}/deliveries`, { method: 'GET', query })
export const fetchDelivery = (id: string) => send<PushDeliveryDesk>(`/deliveries/${id}`, 'GET')
export const replay = (id: string) => send<PushDeliveryDesk>(`/deliveries/${id}/replay`, 'POST')
export const discard = (id: string, reason: string) => send<PushDeliveryDesk>(`/deliveries/${id}/discard`, 'POST', { reason })
