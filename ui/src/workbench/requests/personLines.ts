import { idKindNames } from '../../shared/api/requests.gen'
import type { Person } from '../../shared/api/requests.gen'

const kindName = (kind: string | undefined): string => idKindNames[kind as keyof typeof idKindNames] ?? ''

/** personLines are what is known of an applicant, each with its label; what is empty is left out. */
export function personLines(person: Person): [label: string, text: string][] {
  const lines: [string, string | undefined][] = [
    ['姓名或者名称', person.name], ['工作单位', person.work_unit], [kindName(person.id_kind) || '证件号码', person.document], ['法定代表人', person.legal_rep], ['联系人', person.contact],
    ['联系电话', person.phone], ['电子邮箱', person.email], ['传真', person.fax], ['通信地址', person.address], ['邮政编码', person.postcode],
    ['代理人', person.agent_name], [`代理人${kindName(person.agent_id_kind) || '证件号码'}`, person.agent_id_number],
  ]
  return lines.filter((line): line is [string, string] => Boolean(line[1]))
}
