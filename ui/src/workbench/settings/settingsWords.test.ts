import { expect, it } from 'vitest'
import { nextDay, tabOf, termsBody, termsForm } from './settingsWords'

const inForce = { id: '', valid_from: '2019-05-15', state: 'in_force', note: '', by: '', periods: { answer: 20, red: 0 } }

it('opens the tab that an address names, and the calendar for who sees nothing else', () => {
  expect(tabOf('remedies', true)).toBe('remedies')
  expect(tabOf('nonsense', true)).toBe('terms')
  expect(tabOf(undefined, true)).toBe('terms')
  expect(tabOf('terms', false)).toBe('calendar')
})

it('begins new periods from those in force, tomorrow', () => {
  const form = termsForm(inForce, '2026-12-31')
  expect(form).toMatchObject({ valid_from: '2027-01-01', answer: '20', red: '0', extend: '' })
})

it('makes of what is no number one that the server refuses at its field', () => {
  const body = termsBody({ ...termsForm(inForce, '2026-11-23'), answer: ' 15 ', extend: '二十', correction: '', note: ' 按通知 ' })
  expect(body).toMatchObject({ valid_from: '2026-11-24', answer: 15, extend: -1, correction: -1, red: 0, note: '按通知' })
})

it('knows the day after', () => {
  expect(nextDay('2028-02-28')).toBe('2028-02-29')
})
