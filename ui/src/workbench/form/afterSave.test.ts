import { expect, test } from 'vitest'
import { afterSave } from './afterSave'

test('what is typed while a form is saved stays, the rest is what the server stored', () => {
  const sent = { answer: '收费', files: ['a'], updated: '1' }
  const stored = { answer: '收费。', files: ['a'], updated: '2' } // cleaned by the server
  expect(afterSave({ ...sent }, sent, stored, ['answer', 'files'])).toEqual(stored)
  expect(afterSave({ ...sent, answer: '收费标准' }, sent, stored, ['answer', 'files'])).toEqual({ answer: '收费标准', files: ['a'], updated: '2' })
  expect(afterSave({ ...sent, files: ['a', 'b'] }, sent, stored, ['answer', 'files'])).toEqual({ answer: '收费。', files: ['a', 'b'], updated: '2' })
})
