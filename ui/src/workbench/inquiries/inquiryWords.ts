/** levelLook is the lamp of a level: whatever is later than overdue looks overdue. */
export const levelLook = (level: string): string => (['none', 'green', 'yellow'].includes(level) ? level : 'red')

/** titleWord is what a letter is called in a list: a confidential one by what it is about. */
export const titleWord = (line: { title: string; category_name: string; confidential: boolean }): string => (line.confidential ? `${line.category_name}（保密来信）` : line.title)
