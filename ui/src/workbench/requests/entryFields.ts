import { applicantClassNames, channelNames, idKindNames } from '../../shared/api/requests.gen'
import { optionsOf } from './fields'
import type { Field } from './fields'

/** How an application may come beside the site itself. */
export const paperChannels = optionsOf(channelNames).filter(({ value }) => value !== 'online')

export const classField: Field = { name: 'class', label: '申请人', kind: 'choice', options: optionsOf(applicantClassNames), value: 'person' }

const line = (name: string, label: string, max: number, rest: Partial<Field> = {}): Field => ({ name, label, kind: 'line', max, optional: true, ...rest })

const reach: Field[] = [
  line('phone', '联系电话', 30),
  { name: 'email', label: '电子邮箱', kind: 'email', optional: true, max: 100 },
  line('fax', '传真', 30),
  line('address', '通信地址', 200),
  line('postcode', '邮政编码', 10),
]

/** applicantFields are what is asked of a person, or of an organisation. */
export const applicantFields = (kind: string): Field[] =>
  kind === 'person'
    ? [
        line('name', '姓名', 100, { optional: false }),
        { name: 'id_kind', label: '证件名称', kind: 'choice', options: optionsOf(idKindNames), optional: true },
        line('id_number', '证件号码', 30),
        line('work_unit', '工作单位', 100),
        ...reach,
      ]
    : [
        line('name', '名称', 100, { optional: false }),
        line('credit_code', '统一社会信用代码', 18),
        line('legal_rep', '法定代表人', 50),
        line('contact', '联系人', 50),
        ...reach,
      ]

export const agentFields: Field[] = [
  line('agent_name', '代理人姓名', 50),
  { name: 'agent_id_kind', label: '代理人证件名称', kind: 'choice', options: optionsOf(idKindNames), optional: true },
  line('agent_id_number', '代理人证件号码', 30),
]

export const contentFields: Field[] = [
  line('subject', '所需信息', 200, { optional: false, hint: '名称、文号或者其他特征，照申请人写的录入' }),
  { name: 'details', label: '补充说明', kind: 'text', optional: true, max: 2000 },
  line('index_no', '索取号', 100),
  line('purpose', '用途', 500, { hint: '申请人可以不写，学校不能要求' }),
]

/** The files of an application on paper. */
export const paperFields = [
  { name: 'papers', label: '申请原件的扫描件或者照片' },
  { name: 'proofs', label: '身份证明、登记证照' },
  { name: 'mandates', label: '授权委托书' },
] as const
export type PaperField = (typeof paperFields)[number]['name']
