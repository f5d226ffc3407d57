import { expect, it } from 'vitest'
import { navigation } from './navigation'
import type { StaffRecord } from './types'

const names = (school: string, ...duties: StaffRecord['duties']) => navigation({ school, duties }).map(({ name }) => name)

it('shows a person what their duties are about', () => {
  expect(names('school', 'editor')).toEqual(['inbox', 'articles', 'staff'])
  expect(names('', 'supervisor')).toEqual(['inbox', 'articles', 'broadcasts', 'staff'])
  expect(names('', 'auditor')).toEqual(['inbox', 'articles', 'staff'])
  expect(navigation(null)).toEqual([])
})
