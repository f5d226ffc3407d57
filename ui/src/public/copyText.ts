// copyText puts text where it can be pasted from, and tells whether it could.
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyOldWay(text) // an old browser, or a page that came without https
  }
}

function copyOldWay(text: string): boolean {
  const box = document.createElement('textarea')
  box.value = text
  box.setAttribute('readonly', '')
  box.style.position = 'fixed'
  box.style.top = '0'
  const focused = document.activeElement as HTMLElement | null
  document.body.append(box)
  box.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    box.remove()
    focused?.focus()
  }
}
