import { expect, it } from 'vitest'
import { embedCode } from './embedCode'

it('is what a school pastes into its own site', () => {
  const { link, frame, picture } = embedCode('https://gongkai.example', { code: '310001', name: '晨光“实验”小学<东校>' })
  expect(link).toBe('<a href="https://gongkai.example/s/310001" target="_blank" rel="noopener">晨光“实验”小学&lt;东校&gt;信息公开与办事服务</a>')
  expect(frame).toContain('<iframe src="https://gongkai.example/s/310001/embed" title="晨光“实验”小学&lt;东校&gt;信息公开与办事服务"')
  expect(picture).toBe('/qr/s/310001.png')
})
