import type { NodeViewRenderer } from '@tiptap/core'

/** PreviewAddress tells where a not yet public picture can be seen now; addresses expire. */
export type PreviewAddress = (src: string) => Promise<string>

/** imageView draws a picture from its preview; the text keeps the public address. */
export const imageView = (preview: PreviewAddress): NodeViewRenderer => ({ node }) => {
  const img = document.createElement('img')
  const src = String(node.attrs.src ?? '')
  img.alt = String(node.attrs.alt ?? '')
  let isRetry = false
  const show = () =>
    preview(src).then(
      (address) => (img.src = address),
      () => img.classList.add('is-missing'),
    )
  img.onerror = () => {
    if (isRetry) return img.classList.add('is-missing')
    isRetry = true
    return void show()
  }
  void show()
  return { dom: img }
}
