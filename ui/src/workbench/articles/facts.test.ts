import { describe, expect, it } from 'vitest'
import { isTabular, pairsToRead, rowsToSave, rowsToShow } from './facts'

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
  it('equal rows are equal whatever order they were written in', () => {
    expect(JSON.stringify(rowsToSave([{ b: '1', a: '2' }]))).toBe(JSON.stringify(rowsToSave([{ a: '2', b: '1' }])))
  })
  it('are read in the order of the standard', () => {
    expect(pairsToRead({ 公务电话: '1', 姓名: '甲', 职务: '' }, ['姓名', '职务'])).toEqual([['姓名', '甲'], ['公务电话', '1']])
  })
})
