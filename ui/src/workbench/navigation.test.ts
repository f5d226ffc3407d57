import { expect, it } from 'vitest'
import { navigation } from './navigation'
import type { StaffRecord } from './types'

const names = (school: string, ...duties: StaffRecord['duties']) => navigation({ school, duties }).map(({ name }) => name)

it('shows a person what their duties are about', () => {
  expect(names('school', 'editor')).toEqual(['inbox', 'articles', 'staff'])
  expect(names('', 'supervisor')).toEqual(['inbox', 'articles', 'broadcasts', 'words', 'rules', 'staff'])
  expect(names('', 'auditor')).toEqual(['inbox', 'articles', 'audit', 'staff'])
  expect(navigation(null)).toEqual([])
})

it('shows word list and rules to those at the bureau who apply them', () => {
  expect(names('', 'reviewer')).toEqual(['inbox', 'articles', 'words', 'rules', 'staff'])
  expect(names('', 'secrecy_reviewer')).toEqual(['inbox', 'articles', 'words', 'rules', 'staff'])
  expect(names('', 'admin')).toEqual(['inbox', 'articles', 'staff'])
  expect(names('school', 'reviewer', 'secrecy_reviewer')).toEqual(['inbox', 'articles', 'staff'])
})
