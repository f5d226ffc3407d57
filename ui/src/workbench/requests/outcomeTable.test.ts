import { expect, it } from 'vitest'
import { groups, isRequired, nameOf, wanted } from './outcomeTable'

it('offers every kind of answer, and none to what was abandoned', () => {
  expect(groups.map(({ name }) => name)).toEqual(['予以公开', '部分公开', '不予公开', '无法提供', '不予处理', '其他处理'])
  expect(groups.flatMap((group) => group.outcomes.map(({ code }) => code))).not.toContain('6.1')
  expect(nameOf('3.1')).toBe('不予公开：属于国家秘密')
  expect(nameOf('2')).toBe('部分公开')
  expect(nameOf('9')).toBe('')
})

it('asks for what an outcome needs, and of a partial disclosure for what its withheld part needs', () => {
  expect(wanted({ outcome: '', withheld: [] }).reason).toBe(false)
  expect(wanted({ outcome: '4.1.2', withheld: [] })).toMatchObject({ otherBody: true, files: false, way: false })
  expect(wanted({ outcome: '2', withheld: [] })).toMatchObject({ withheld: true, files: true, notConsulted: false })
  expect(wanted({ outcome: '2', withheld: ['3.4'] })).toMatchObject({ notConsulted: true })
  expect(isRequired({ outcome: '2', withheld: ['3.2'] }, 'basis')).toBe(true)
  expect(isRequired({ outcome: '1.1', withheld: [] }, 'reason')).toBe(false)
})
