import { describe, expect, it } from 'vitest'
import { passwordFaults } from './passwordFaults'

describe('passwordFaults', () => {
  it.each([
    ['three kinds and long enough', 'Lower-2026x', 'Lower-2026x', []],
    ['nothing', '', '', ['password']],
    ['nine characters', 'Ab1-abcde', 'Ab1-abcde', ['password']],
    ['two kinds only', 'lowercase2026', 'lowercase2026', ['password']],
    ['not repeated', 'Lower-2026x', '', ['passwordConfirm']],
    ['repeated wrongly', 'Lower-2026x', 'Lower-2026y', ['passwordConfirm']],
    ['more bytes than are hashed', `Aa1${'密'.repeat(30)}`, `Aa1${'密'.repeat(30)}`, ['password']],
  ])('%s', (_, password, again, want) => expect(passwordFaults(password, again).map(({ field }) => field)).toEqual(want))
})
