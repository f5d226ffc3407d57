import { expect, it } from 'vitest'
import { keeps } from './templatesApi'

it.each([
  ['the clerk of a school', { school: 's', duties: ['clerk'] }, true],
  ['who stands in for the clerk', { school: 's', duties: [], acts_as: ['clerk'] }, true],
  ['the officer of a school', { school: 's', duties: ['officer'] }, false],
  ['the supervisor', { school: '', duties: ['supervisor'] }, true],
  ['a reviewer of the bureau', { school: '', duties: ['reviewer'] }, false],
  ['nobody', null, false],
])('templates are kept by the clerk and the supervisor: %s', (_, person, may) => expect(keeps(person)).toBe(may))
