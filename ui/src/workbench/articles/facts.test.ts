import { describe, expect, it } from 'vitest'
import { isTabular, rowsToSave, rowsToShow } from './facts'

describe('isTabular', () => {
  it.each([['structured', true], ['qa', true], ['attachment', true], ['list', false], ['page', false]])('%s', (kind, want) => {
    expect(isTabular({ kind })).toBe(want)
  })
})

describe('rows', () => {
  const names = ['姓名', '职务']
  it('an empty form begins with one empty row', () => expect(rowsToShow(null, names)).toEqual([{ 姓名: '', 职务: '' }]))
  it('a field the standard has dropped is still shown', () => {
    expect(rowsToShow([{ 姓名: '甲', 电话: '1' }], names)).toEqual([{ 姓名: '甲', 职务: '', 电话: '1' }])
  })
  it('empty rows and empty fields are not saved', () => {
    expect(rowsToSave([{ 姓名: ' 甲 ', 职务: '' }, { 姓名: ' ', 职务: '' }])).toEqual([{ 姓名: '甲' }])
  })
})
