import { describe, expect, it } from 'vitest'
import { capacities, categoryChoices, channelOf, empty, kept, lacks, sent } from './letter'

const mailbox = channelOf('mailbox')
const whole = { ...empty(mailbox), category: 'bullying', fields: { title: '被同学欺负', text: '昨天放学后' }, capacity: 'student', name: '王小明', contact: '13800138000', guardian: 'a@example.cn' }

describe('the form of a letter', () => {
  it('is that of its channel', () => {
    expect(Object.keys(empty(channelOf('erratum')).fields)).toEqual(['page', 'words', 'text'])
    expect([empty(channelOf('consultation')).category, empty(mailbox).category]).toEqual(['question', ''])
    expect(categoryChoices(mailbox).filter(({ hint }) => hint).map(({ value }) => value)).toEqual(['harm', 'bullying', 'ethics', 'food'])
    expect(capacities.map(({ name }) => name)).toEqual(['家长', '学生', '教职工', '社会公众'])
  })

  it('asks for what is missing, in the order of the page', () => {
    expect(Object.keys(lacks(empty(mailbox)))).toEqual(['category', 'title', 'text', 'capacity', 'name', 'contact'])
    expect(lacks(empty(channelOf('appeal'))).number).toBeUndefined()
    expect(lacks(whole)).toEqual({})
    expect(lacks({ ...whole, anonymous: true, name: '', contact: '' })).toEqual({})
  })

  it('lets only some be anonymous, and sends no name with those', () => {
    expect(sent({ ...whole, anonymous: true })).toMatchObject({ anonymous: true, name: '', contact: '', guardian: 'a@example.cn' })
    expect(sent({ ...whole, category: 'complaint', anonymous: true })).toMatchObject({ anonymous: false, name: '王小明' })
    expect(lacks({ ...whole, category: 'complaint', anonymous: true, name: '' })).toHaveProperty('name')
  })

  it('sends nothing that another choice has hidden', () => {
    expect(sent({ ...whole, capacity: 'parent', may_publish: true })).toMatchObject({ guardian: '', may_publish: false })
    expect(sent({ ...whole, category: 'suggestion', may_publish: true }).may_publish).toBe(true)
    expect(sent({ ...empty(channelOf('erratum')), may_publish: true, about_principal: true })).toMatchObject({ may_publish: false, about_principal: false })
  })

  it('leaves nothing in the browser of who writes, and of a report nothing at all', () => {
    expect(kept({ ...whole, category: 'help' })).toMatchObject({ fields: whole.fields, name: '', contact: '', guardian: '' })
    expect(kept(whole)).toBeNull()
  })
})
