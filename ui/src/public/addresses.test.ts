import { describe, expect, it } from 'vitest'
import { formAddress, isAsked, openAddress, searchAddress } from './addresses'

const nothing = { q: '', school: '', stage: '', column: '', from: '', to: '' }

describe('openAddress', () => {
  it.each([
    ['home has the district', 'home', {}, {}, '/open/v1/district'],
    ['a school', 'school', { school: 's1' }, {}, '/open/v1/schools/s1'],
    ['a column with its page', 'column', { school: 's1', column: 'A0101' }, { page: '2' }, '/open/v1/schools/s1/columns/A0101?page=2'],
    ['an article', 'article', { id: 'abc' }, {}, '/open/v1/articles/abc'],
    ['the lookup keeps its filters and drops empty ones', 'schools', {}, { q: '实验', stage: '', town: '滨江' }, '/open/v1/schools?q=%E5%AE%9E%E9%AA%8C&town=%E6%BB%A8%E6%B1%9F'],
    ['what the page does not know is not passed on', 'search', {}, { q: 'a', format: 'csv' }, '/open/v1/search?q=a'],
    ['of a repeated name the first counts, as in Go', 'search', {}, { q: ['a', 'b'] }, '/open/v1/search?q=a'],
    ['privacy needs the frame only', 'privacy', {}, {}, '/open/v1/columns'],
    ['a strange code cannot leave its place', 'school', { school: '../x?y' }, {}, '/open/v1/schools/..%2Fx%3Fy'],
  ] as const)('%s', (_, kind, params, query, want) => {
    expect(openAddress(kind, params, query)).toBe(want)
  })
})

describe('searchAddress', () => {
  it('names the page first and leaves out what is empty, as search.html does', () => {
    expect(searchAddress({ ...nothing, q: '收费', from: '2026-01-01' }, 2)).toBe('/search?page=2&q=%E6%94%B6%E8%B4%B9&from=2026-01-01')
  })
})

describe('isAsked', () => {
  it('is false for the empty form', () => expect(isAsked(nothing)).toBe(false))
  it('is true for a filter alone', () => expect(isAsked({ ...nothing, column: 'A0101' })).toBe(true))
})

describe('formAddress', () => {
  it('takes what is filled in, trimmed', () => {
    const form = document.createElement('form')
    form.action = '/schools'
    form.innerHTML = '<input name="q" value=" dyxx "><input name="town" value=""><input value="no name">'
    expect(formAddress(form)).toBe('/schools?q=dyxx')
  })
})
