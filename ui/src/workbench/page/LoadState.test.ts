import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import LoadState from './LoadState.vue'

it.each([
  [0, true], [-1, true], [429, true], [500, true], [403, false], [404, false],
])('offers another try where it can help: %i %s', (status, offers) => {
  const shown = mount(LoadState, { props: { pending: false, loaded: false, error: { status, summary: '没有读到', fields: [] } } })
  expect(shown.get('[role=alert]').text()).toContain('没有读到')
  expect(shown.find('button').exists()).toBe(offers)
})
