/** afterSave is what a form holds once the server has answered: what was stored, and of the fields written in what was typed meanwhile. */
export function afterSave<T extends object>(now: T, sent: T, stored: T, written: readonly (keyof T)[]): T {
  const typed = written.filter((field) => JSON.stringify(now[field]) !== JSON.stringify(sent[field]))
  return { ...stored, ...(Object.fromEntries(typed.map((field) => [field, now[field]])) as Partial<T>) }
}
