import { beforeEach, describe, expect, it } from 'vitest'
import { elderKey, followElder, isElder, setElder } from './elder'

const root = document.documentElement

beforeEach(() => {
  localStorage.clear()
  root.removeAttribute('data-elder')
  document.body.innerHTML = '<button data-elder-toggle></button><p id="announcer"></p>'
})

describe('elder mode', () => {
  it('is remembered on the device', () => {
    setElder(root, true)
    expect([isElder(root), localStorage.getItem(elderKey)]).toEqual([true, '1'])
  })

  it('leaves nothing behind when it is switched off', () => {
    setElder(root, true)
    setElder(root, false)
    expect([isElder(root), localStorage.length]).toEqual([false, 0])
  })

  it('says on the button and aloud what it has become', () => {
    followElder(document)
    const button = document.querySelector('button')
    expect(button?.getAttribute('aria-pressed')).toBe('false')
    button?.click()
    expect(button?.getAttribute('aria-pressed')).toBe('true')
    expect(document.getElementById('announcer')?.textContent).toBe('已进入长辈模式')
  })

  it('shows on the button what elder.js has applied', () => {
    root.setAttribute('data-elder', '')
    followElder(document)
    expect(document.querySelector('button')?.getAttribute('aria-pressed')).toBe('true')
  })

  it('follows another tab', () => {
    followElder(document)
    window.dispatchEvent(new StorageEvent('storage', { key: elderKey, newValue: '1' }))
    expect(isElder(root)).toBe(true)
  })
})
