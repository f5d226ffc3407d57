import { announce } from '../shared/page/announce'

// The key is also in static/elder.js, which applies the mode before the first paint.
export const elderKey = 'gongkai.elder'

// isElder and setElder keep elder mode (长辈模式) on <html>, where the style
// sheet looks, and on this device. Without storage it lasts for one page.
export function isElder(root: HTMLElement): boolean {
  return root.hasAttribute('data-elder')
}

export function setElder(root: HTMLElement, on: boolean): void {
  root.toggleAttribute('data-elder', on)
  try {
    if (on) localStorage.setItem(elderKey, '1')
    else localStorage.removeItem(elderKey)
  } catch {
    // Storage is switched off.
  }
}

// followElder makes the server's button work.
export function followElder(document: Document): void {
  const root = document.documentElement
  const button = document.querySelector('[data-elder-toggle]')
  const show = () => button?.setAttribute('aria-pressed', String(isElder(root)))
  show()
  button?.addEventListener('click', () => {
    setElder(root, !isElder(root))
    show()
    announce(isElder(root) ? '已进入长辈模式' : '已退出长辈模式')
  })
  // Another tab of this device.
  window.addEventListener('storage', (event) => {
    if (event.key !== elderKey) return
    root.toggleAttribute('data-elder', event.newValue === '1')
    show()
  })
}
