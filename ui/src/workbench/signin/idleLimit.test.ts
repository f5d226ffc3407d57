import { describe, expect, it } from 'vitest'
import { idleLimit } from './idleLimit'

describe('idleLimit', () => {
  it.each([
    ['an editor of a school', { school: 's', duties: ['editor'] }, 30],
    ['a reviewer', { school: 's', duties: ['editor', 'reviewer'] }, 15],
    ['a secrecy reviewer', { school: 's', duties: ['secrecy_reviewer'] }, 15],
    ['an account manager', { school: 's', duties: ['admin'] }, 15],
    ['who stands in for the principal', { school: 's', duties: ['editor'], acts_as: ['editor', 'principal'] }, 15],
    ['anybody of the bureau', { school: '', duties: ['supervisor'] }, 15],
    ['nobody', null, 30],
  ])('%s', (_, person, minutes) => expect(idleLimit(person)).toBe(minutes * 60_000))
})
