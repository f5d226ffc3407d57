// A picture in the text is stored under its public address, /f/{id}/{name},
// which works only once it is published. The editor shows it from PocketBase's
// protected files; the text itself always keeps the public address.

const own = /^\/f\/([a-z0-9]{15})(?:\/|$)/

/** attachmentIdOf reads which attachment an address shows, or nothing if it is not one of ours. */
export function attachmentIdOf(src: string, origin = window.location.origin): string | null {
  const path = src.startsWith(`${origin}/`) ? src.slice(origin.length) : src
  return own.exec(path)?.[1] ?? null
}

/** publicAddress is where a picture will stand once it is published. */
export const publicAddress = (attachment: { id: string; name: string }): string =>
  `/f/${attachment.id}/${encodeURIComponent(attachment.name || 'image')}`

/** imagesIn lists the attachments that a text shows. */
export function imagesIn(html: string): Set<string> {
  const document = new DOMParser().parseFromString(html, 'text/html')
  const ids = [...document.querySelectorAll('img')].map((img) => attachmentIdOf(img.getAttribute('src') ?? ''))
  return new Set(ids.filter((id): id is string => id !== null))
}
