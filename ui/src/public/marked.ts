// What is marked fits into an address; a Chinese character takes nine bytes of it.
const longest = 200

// takeMarked lets the link 我要纠错 take along the words that are marked in the
// page. They are read before the link is followed: pressing it may unmark them.
export function takeMarked(document: Document): void {
  const link = document.getElementById('correct-link')
  const take = () => {
    const selection = document.getSelection()
    const words = selection?.toString().replace(/\s+/g, ' ').trim() ?? ''
    const isOfPage = document.getElementById('main')?.contains(selection?.anchorNode ?? null)
    if (!link || !words || !isOfPage) return
    const address = link.getAttribute('href')!.split('&words=')[0]!
    if (address.includes('?')) link.setAttribute('href', `${address}&words=${encodeURIComponent(Array.from(words).slice(0, longest).join(''))}`)
  }
  ;['pointerdown', 'touchstart', 'keydown'].forEach((kind) => link?.addEventListener(kind, take))
}
