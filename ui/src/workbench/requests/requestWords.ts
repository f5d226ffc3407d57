/** Levels of alarm: the word says what the colour says. */
export const levelWords: Record<string, string> = { none: '不计时', green: '期限充裕', yellow: '黄色预警', orange: '橙色预警', red: '已逾期' }

/** leftWord says how long there is to answer, in working days. */
export function leftWord(left: number | null): string {
  if (left === null) return ''
  if (left === 0) return '今天到期'
  return left > 0 ? `还有 ${left} 个工作日` : `逾期 ${-left} 个工作日`
}

/** dayWord is a date as people say it: 2026年11月26日. */
export function dayWord(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return day ? `${year}年${month}月${day}日` : ''
}

/** article names an article of 条例 with its law; other laws stand for themselves. */
export const lawWord = (article: string): string => (article.startsWith('第') ? `条例${article}` : article)
