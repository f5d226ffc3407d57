/** Lines of a 校历: days and what is on. The server asks the same of them (package schoolcalendar). */
const dated = /^(\d{4}-\S*?)(?:\s*至\s*(\S*))?(?:\s+(.*))?$/
const longest = 400 // days: more is a slip of the year

/** badDay says what is wrong with the first line that is meant as a date and is none, or nothing. */
export function badDay(text: string, nameless: boolean): string {
  for (const [i, line] of text.split('\n').entries()) {
    const wrong = wrongIn(line.trim(), nameless)
    if (wrong) return `第 ${i + 1} 行：${wrong}`
  }
  return ''
}

/** badDayIn checks a field of a column; only a 校历 has days. */
export function badDayIn(column: string, name: string, text: string): string {
  return column === 'B0102' && ['起止日期', '放假安排'].includes(name) ? badDay(text, name === '起止日期') : ''
}

function wrongIn(line: string, nameless: boolean): string {
  const parts = dated.exec(line)
  if (!parts) return ''
  const from = parts[1] ?? ''
  const to = parts[2] || from
  const bad = [from, to].find((day) => !isDay(day))
  if (bad !== undefined) return `“${bad}”不是有效日期，要写成 2026-09-01 的样子`
  if (to < from) return '结束日期早于开始日期'
  if ((Date.parse(to) - Date.parse(from)) / 86_400_000 + 1 > longest) return '起止日期相隔太久，请检查年份'
  return parts[3]?.trim() || nameless ? '' : '日期后面空一格，再写安排，例如“2026-09-01 开学”'
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
