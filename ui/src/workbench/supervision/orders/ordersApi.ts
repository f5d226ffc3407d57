import { pb } from '../../api'
import { saveAnswer } from '../../articles/serverFile'
import type { OrderDesk, OrderForm, OrderList } from '../../../shared/api/orders.gen'
import type { FileLine } from '../../../shared/api/requests.gen'

/** A step and what it says; which fields it needs is told by what is refused. */
export type StepBody = { do: string } & Record<string, unknown>

/** An order before it is issued; schools by their codes. */
export interface NewOrder {
  kind: string
  title: string
  text: string
  days: number
  source: string
  ref: string
  schools: string[]
}

const base = '/api/app/orders'
const send = <T>(path: string, method: string, body?: unknown): Promise<T> => pb.send<T>(base + path, { method, ...(body !== undefined && { body }) })

export const fetchOrders = (query: Record<string, string>): Promise<OrderList> => pb.send<OrderList>(base, { method: 'GET', query })
export const exportOrders = (query: Record<string, string>): Promise<void> => saveAnswer(`${base}.xlsx`, query, '督办整改台账.xlsx')
export const fetchOrderForm = (source: string, ref: string): Promise<OrderForm> => pb.send<OrderForm>(`${base}/form`, { method: 'GET', query: { source, ref } })
export const issueOrder = (order: NewOrder) => send<OrderDesk>('', 'POST', order)
export const fetchOrder = (id: string, part: string): Promise<OrderDesk> => pb.send<OrderDesk>(`${base}/${id}`, { method: 'GET', query: { part } })
export const withdrawOrder = (id: string, reason: string) => send<OrderDesk>(`/${id}/withdraw`, 'POST', { reason })
export const takeStep = (id: string, part: string, step: StepBody) => send<OrderDesk>(`/${id}/parts/${part}/steps`, 'POST', step)
export const dropFile = (id: string, part: string, file: string) => send<unknown>(`/${id}/parts/${part}/files/${file}`, 'DELETE')
export const saveEvidence = (id: string, part: string, file: FileLine): Promise<void> => saveAnswer(`${base}/${id}/parts/${part}/files/${file.id}`, {}, file.name)
export const saveLetter = (id: string, part: string, step: string, name: string): Promise<void> => saveAnswer(`${base}/${id}/parts/${part}/letters/${step}`, {}, `${name}.docx`)

export function addFile(id: string, part: string, file: File): Promise<FileLine> {
  const form = new FormData()
  form.append('file', file)
  return send<FileLine>(`/${id}/parts/${part}/files`, 'POST', form)
}
