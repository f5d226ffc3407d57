import type { Choice, Problems } from '../filing/application'
import { capacityNames, categories, channels } from '../../shared/api/inquiries.gen'

// The forms of the channels are a table of the server (pb_hooks/inquiry/channel.go).
export type Channel = (typeof channels)[number]
export type Category = (typeof categories)[number]

// Letter is the form of a letter (来信) as it is sent; see letterBody in
// pb_hooks/inquiry_doors.go.
export interface Letter {
  channel: string
  category: string
  fields: Record<string, string>
  capacity: string
  anonymous: boolean
  name: string
  contact: string
  guardian: string
  may_publish: boolean
  about_principal: boolean
}

export const channelOf = (code: string): Channel => channels.find((channel) => channel.code === code) ?? channels[0]
export const categoryOf = (code: string): Category | undefined => categories.find((category) => category.code === code)

// categoryChoices say of each category what it means for the writer.
export function categoryChoices(channel: Channel): Choice[] {
  return channel.categories.map((code) => {
    const { name, urgent } = categoryOf(code)!
    return { value: code, name, ...(urgent && { hint: '紧急：马上告知校长和区教育局' }) }
  })
}

export const capacities: Choice[] = Object.entries(capacityNames).map(([value, name]) => ({ value, name }))

// empty is a letter that nothing was written into. Where there is one category,
// it is that one.
export function empty(channel: Channel): Letter {
  return {
    ...{ channel: channel.code, category: channel.categories.length === 1 ? channel.categories[0] : '', capacity: '' },
    fields: Object.fromEntries(channel.fields.map(({ code }) => [code, ''])),
    ...{ anonymous: false, name: '', contact: '', guardian: '', may_publish: false, about_principal: false },
  }
}

// kept is what may stay in the browser: never who writes, and nothing at all of
// what others who use the device must not find.
export function kept(letter: Letter): Letter | null {
  return categoryOf(letter.category)?.anonymous ? null : { ...letter, name: '', contact: '', guardian: '' }
}

// sent is the letter without what was filled in before another choice hid it.
export function sent(letter: Letter): Letter {
  const category = categoryOf(letter.category)
  const channel = channelOf(letter.channel)
  const anonymous = letter.anonymous && Boolean(category?.anonymous)
  return {
    ...letter,
    anonymous,
    ...(anonymous && { name: '', contact: '' }),
    guardian: letter.capacity === 'student' ? letter.guardian : '',
    may_publish: letter.may_publish && mayPublish(channel, category),
    about_principal: letter.about_principal && channel.code === 'mailbox',
  }
}

// mayPublish: what is urgent is never published.
export const mayPublish = (channel: Channel, category: Category | undefined) => channel.published && Boolean(category) && !category?.urgent

// lacks finds what is missing, in the sentences and with the field names of the
// server (pb_hooks/inquiry/letter.go), which judges everything else.
export function lacks(letter: Letter): Problems {
  const channel = channelOf(letter.channel)
  const { category, capacity, anonymous, name, contact, fields } = sent(letter)
  const problems: Problems = {}
  const ask = (field: string, isMissing: boolean, sentence: string) => {
    if (isMissing) problems[field] = sentence
  }
  ask('category', !category, '请选择来信的类别')
  channel.fields.forEach((field) => ask(field.code, field.required && !fields[field.code]?.trim(), `请填写${field.name}`))
  ask('capacity', !capacity, '请选择您是谁')
  ask('name', !anonymous && !name.trim(), '请填写姓名，单位会保密')
  ask('contact', !anonymous && !contact.trim(), '请填写手机号码或者电子邮箱，单位会保密')
  return problems
}

// hintOf says what to write into a field.
export function hintOf(channel: Channel, field: string): string | undefined {
  if (field === 'text' && channel.code === 'consultation') return '说清是哪个年级、什么时间、什么事。不要写别人的个人信息'
  return hints[field]
}

const hints: Readonly<Record<string, string>> = {
  title: '一句话说明是什么事，例如：转学要带什么材料',
  text: '说清时间、地点、什么事、希望怎样解决。更长的材料可以作为文件上传',
  page: '打开有错误的那一页，复制它的地址',
  words: '抄下网页上有错误的那几个字；打不开的链接写“链接打不开”',
  number: '以 SQ 开头，在提交回执上',
}
