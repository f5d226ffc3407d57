// Application is the form of an application (申请表) as it is sent; see
// applicationBody in pb_hooks/foi_form.go.
export interface Application {
  class: string
  name: string
  work_unit: string
  id_kind: string
  id_number: string
  credit_code: string
  legal_rep: string
  contact: string
  address: string
  postcode: string
  phone: string
  email: string
  fax: string
  agent_name: string
  agent_id_kind: string
  agent_id_number: string
  subject: string
  details: string
  index_no: string
  purpose: string
  forms: string[]
  ways: string[]
  any_way: boolean
  help: boolean
  promised: boolean
}

// Receipt (提交回执) is shown once.
export interface Receipt {
  number: string
  code: string
  school: string
  subject: string
  submitted: string
  confirm_by: string
  next: string
}

// Choice is one value of a field with its words.
export interface Choice {
  value: string
  name: string
  hint?: string
}

// The choices of the form, in the order of pb_hooks/foi.
export const persons: Choice[] = [
  { value: 'person', name: '个人' },
  { value: 'organisation', name: '单位', hint: '企业、学校、社会组织等' },
]
export const organisations: Choice[] = [
  { value: 'business', name: '商业企业' },
  { value: 'research', name: '科研机构' },
  { value: 'charity', name: '社会公益组织' },
  { value: 'legal', name: '法律服务机构' },
  { value: 'other', name: '其他' },
]
export const idKinds: Choice[] = [
  { value: 'resident_card', name: '居民身份证' },
  { value: 'residence_permit', name: '港澳台居民居住证' },
  { value: 'home_return', name: '港澳居民来往内地通行证' },
  { value: 'taiwan_permit', name: '台湾居民来往大陆通行证' },
  { value: 'passport', name: '护照' },
  { value: 'foreign_card', name: '外国人永久居留身份证' },
  { value: 'other_document', name: '其他证件' },
]
export const forms: Choice[] = [
  { value: 'file', name: '电子文件' },
  { value: 'paper', name: '纸面' },
  { value: 'disc', name: '光盘' },
]
export const ways: Choice[] = [
  { value: 'by_email', name: '电子邮件' },
  { value: 'collected', name: '到学校领取、阅读或者抄录' },
  { value: 'by_post', name: '邮寄' },
  { value: 'by_courier', name: '快递' },
  { value: 'by_fax', name: '传真' },
]

// empty is a form that nothing was filled into.
export function empty(): Application {
  return {
    ...{ class: 'person', name: '', work_unit: '', id_kind: 'resident_card', id_number: '', credit_code: '', legal_rep: '', contact: '' },
    ...{ address: '', postcode: '', phone: '', email: '', fax: '', agent_name: '', agent_id_kind: 'resident_card', agent_id_number: '' },
    ...{ subject: '', details: '', index_no: '', purpose: '', forms: [], ways: [], any_way: false, help: false, promised: false },
  }
}

// Papers are the files that go with a form.
export interface Papers {
  proofs: File[]
  mandates: File[]
}

export type Problems = Record<string, string>

// lacks finds what is missing, in the sentences and with the field names of the
// server (pb_hooks/foi/application.go), which judges everything else.
export function lacks(a: Application, papers: Papers, hasAgent: boolean): Problems {
  const problems: Problems = {}
  const ask = (field: string, isMissing: boolean, sentence: string) => {
    if (isMissing && !problems[field]) problems[field] = sentence
  }
  const isBlank = (text: string) => text.trim() === ''
  const byPost = a.ways.includes('by_post') || a.ways.includes('by_courier')
  ask('subject', isBlank(a.subject), '请填写所需信息的名称、文号或者其他特征')
  ask('forms', a.forms.length === 0, '请选择提供信息的形式')
  ask('ways', a.ways.length === 0, '请选择获取信息的方式')
  if (a.class === 'person') {
    ask('name', isBlank(a.name), '请填写姓名')
    ask('id_number', isBlank(a.id_number), '请填写证件号码')
    ask('proofs', papers.proofs.length === 0, '请上传身份证件的影印件')
    ask('address', isBlank(a.address), '请填写通信地址')
  } else {
    ask('class', !organisations.some(({ value }) => value === a.class), '请选择申请人是自然人还是法人、其他组织的哪一类')
    ask('name', isBlank(a.name), '请填写法人或者其他组织的名称')
    ask('credit_code', isBlank(a.credit_code), '请填写统一社会信用代码')
    ask('legal_rep', isBlank(a.legal_rep), '请填写法定代表人')
    ask('contact', isBlank(a.contact), '请填写联系人')
    ask('proofs', papers.proofs.length === 0, '请上传营业执照等登记证照的影印件')
    ask('address', byPost && isBlank(a.address), '选择邮寄、快递的，请填写通信地址')
  }
  ask('phone', isBlank(a.phone), '请填写联系电话')
  ask('email', a.ways.includes('by_email') && isBlank(a.email), '选择电子邮件的，请填写电子邮箱')
  ask('fax', a.ways.includes('by_fax') && isBlank(a.fax), '选择传真的，请填写传真号码')
  if (hasAgent) {
    ask('agent_name', isBlank(a.agent_name), '请填写代理人姓名')
    ask('agent_id_number', isBlank(a.agent_id_number), '请填写证件号码')
    ask('agent_mandates', papers.mandates.length === 0, '请上传授权委托书')
  }
  ask('promised', !a.promised, '请确认填报的内容属实')
  return problems
}
