import { expect, it } from 'vitest'
import type { AuditLogRecord } from '../../shared/api/schema.gen'
import { csvHead, csvOf } from './auditCsv'

const row = (more: Partial<AuditLogRecord>): AuditLogRecord => ({
  id: 'x', number: 1, at: 'a', actor: 'b', actor_name: 'c', via: 'd', action: 'e', collection: 'f', record: 'g', detail: '', address: 'h', previous: '0', hash: '1', ...more,
})

it('writes all that a hash covers, in its order, and quotes', () => {
  expect(csvHead).toBe('\uFEFFnumber,at,actor,actor_name,via,action,collection,record,detail,address,previous,hash\r\n')
  expect(csvOf([row({ detail: '{"a":"b, c"}' })])).toBe('"1","a","b","c","d","e","f","g","{""a"":""b, c""}","h","0","1"\r\n')
})

it('lets no cell begin like a formula, and each can be read back', () => {
  const given = ['=1+1', '+1', '-1', '@x', "'x", '\t=1', '王=1']
  expect(given.map((actor_name) => csvOf([row({ actor_name })]).split('","')[3])).toEqual(["'=1+1", "'+1", "'-1", "'@x", "''x", "'\t=1", '王=1'])
})
