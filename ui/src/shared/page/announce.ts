// announce lets a screen reader say something without moving there. The place
// for it, role="status", is in the layout of the server.
export function announce(text: string): void {
  const place = document.getElementById('announcer')
  if (place) place.textContent = text
}
