// takeOver replaces the server's page by the app's. Both draw the same, so what
// the visitor has done meanwhile, on a slow line, is found by position and done
// again: words typed, sections opened, where the keyboard is.
export function takeOver(root: HTMLElement, draw: () => void): void {
  const before = parts(root)
  const focused = before.indexOf(document.activeElement as HTMLElement)
  draw()
  const after = parts(root)
  before.forEach((old, i) => carry(old, after[i]))
  if (focused >= 0) after[focused]?.focus({ preventScroll: true })
}

function parts(root: HTMLElement): HTMLElement[] {
  return Array.from(root.querySelectorAll<HTMLElement>('a, button, details, input, select, summary, [tabindex]'))
}

function carry(old: HTMLElement, now: HTMLElement | undefined): void {
  if (old instanceof HTMLDetailsElement && now instanceof HTMLDetailsElement) now.open = old.open
  if (old instanceof HTMLInputElement && now instanceof HTMLInputElement && old.value !== old.defaultValue) now.value = old.value
  if (old instanceof HTMLSelectElement && now instanceof HTMLSelectElement) now.value = old.value
}
