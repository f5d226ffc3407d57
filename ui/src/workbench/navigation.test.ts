import { expect, it } from 'vitest'
import { navigation } from './navigation'
import type { StaffRecord } from './types'

const names = (school: string, ...duties: StaffRecord['duties']) => navigation({ school, duties }).map(({ name }) => name)

it('shows a person what their duties are about', () => {
  expect(names('school', 'editor')).toEqual(['inbox', 'articles', 'supervision-today', 'registry-schools', 'survey', 'embed', 'staff'])
  expect(names('', 'supervisor')).toEqual(['inbox', 'articles', 'requests', 'inquiries', 'request-statistics', 'inquiry-overview', 'supervision', 'registry-schools', 'broadcasts', 'words', 'rules', 'request-settings', 'inquiry-settings', 'survey', 'staff'])
  expect(names('', 'auditor')).toEqual(['inbox', 'articles', 'supervision', 'registry-schools', 'audit', 'staff'])
  expect(navigation(null)).toEqual([])
})

it('shows word list and rules to those at the bureau who apply them', () => {
  expect(names('', 'reviewer')).toEqual(['inbox', 'articles', 'inquiries', 'supervision', 'registry-schools', 'words', 'rules', 'staff'])
  expect(names('', 'secrecy_reviewer')).toEqual(['inbox', 'articles', 'words', 'rules', 'staff'])
  expect(names('', 'admin')).toEqual(['inbox', 'articles', 'supervision', 'registry-schools', 'request-settings', 'staff'])
  expect(names('school', 'reviewer')).toEqual(['inbox', 'articles', 'supervision-today', 'survey', 'staff'])
})

it('shows applications and their statistics to those who work on them', () => {
  for (const duty of ['clerk', 'officer', 'secrecy_reviewer', 'principal'] as const) expect(names('school', duty)).toEqual(expect.arrayContaining(['requests', 'request-statistics']))
  expect(names('school', 'editor')).not.toContain('requests')
  expect(names('school', 'editor')).not.toContain('request-statistics')
  expect(names('', 'secrecy_reviewer')).not.toContain('requests')
})

it('shows letters to those who work on them', () => {
  for (const duty of ['clerk', 'officer', 'principal'] as const) expect(names('school', duty)).toContain('inquiries')
  expect(names('school', 'secrecy_reviewer')).not.toContain('inquiries')
  expect(names('', 'admin')).not.toContain('inquiries')
})
