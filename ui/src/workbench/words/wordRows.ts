// The list of 错敏词 as the bureau edits it: rows in, rows out.

export type WordLevel = 'serious' | 'general' | 'sensitive'

export interface WordRow {
  word: string
  level: WordLevel
  instead: string
  note: string
}

export const levels: { value: WordLevel; label: string; does: string }[] = [
  { value: 'serious', label: '严重', does: '必须改，改好才能公开' },
  { value: 'sensitive', label: '敏感', does: '必须处理，保密审查员写明理由才能放行' },
  { value: 'general', label: '一般', does: '提醒核对，不影响公开' },
]

export const mostWords = 20_000
const longest = { word: 50, instead: 50, note: 200 }

export const levelName = (level: WordLevel): string => levels.find(({ value }) => value === level)?.label ?? level
const levelOf = (text: string): WordLevel | undefined => levels.find(({ value, label }) => text === label || text === value)?.value

/** folded is a word as the server compares it: 家 教, 家教 and full-width letters are one. */
export const folded = (word: string): string => word.normalize('NFKC').replace(/[\s\p{Cf}·*_]/gu, '').toLowerCase()

/** faultOf says what is wrong with a row, or ''. Others are the words it stands among. */
export function faultOf(row: WordRow, others: ReadonlySet<string>): string {
  const key = folded(row.word)
  if (!key) return '请填写词语'
  if ([...key].length > longest.word) return `词语超过 ${longest.word} 个字`
  if ([...row.instead].length > longest.instead) return `“建议改为”超过 ${longest.instead} 个字`
  if ([...row.note].length > longest.note) return `说明超过 ${longest.note} 个字`
  return others.has(key) ? `“${row.word}”已经在词表里` : ''
}

export interface Pasted {
  rows: WordRow[]
  faults: { line: number; message: string }[]
}

/** parsePasted reads lines 词,级别,替换,说明, parted by commas (also Chinese ones) or tabs as from a spreadsheet. */
export function parsePasted(text: string, known: readonly WordRow[]): Pasted {
  const seen = new Set(known.map(({ word }) => folded(word)))
  const result: Pasted = { rows: [], faults: [] }
  text.split(/\r?\n/).forEach((line, index) => {
    if (!line.trim()) return
    const [word = '', levelText = '', instead = '', ...note] = line.split(line.includes('\t') ? '\t' : /[,，]/).map((cell) => cell.trim())
    if (index === 0 && levelText === '级别') return // the heading of a spreadsheet
    const level = levelText ? levelOf(levelText) : 'general'
    const row: WordRow = { word, level: level ?? 'general', instead, note: note.filter(Boolean).join('，') }
    const fault = level ? faultOf(row, seen) : `级别“${levelText}”不对，请写严重、敏感或一般`
    if (fault) return void result.faults.push({ line: index + 1, message: fault })
    seen.add(folded(word))
    result.rows.push(row)
  })
  return result
}

/** found are the rows that a search shows, with their place in the list. */
export function found(rows: readonly WordRow[], text: string, level: string): { row: WordRow; at: number }[] {
  const key = folded(text)
  return rows.flatMap((row, at) => {
    const isHit = !key || [row.word, row.instead, row.note].some((cell) => folded(cell).includes(key))
    return isHit && (!level || row.level === level) ? [{ row, at }] : []
  })
}

export interface Changes {
  added: number
  removed: number
  changed: number
}

/** changesBetween counts what a new version would change. */
export function changesBetween(before: readonly WordRow[], after: readonly WordRow[]): Changes {
  const old = new Map(before.map((row) => [folded(row.word), row]))
  const changes: Changes = { added: 0, removed: 0, changed: 0 }
  for (const row of after) {
    const was = old.get(folded(row.word))
    if (!was) changes.added++
    else if (was.word !== row.word || was.level !== row.level || was.instead !== row.instead || was.note !== row.note) changes.changed++
    old.delete(folded(row.word))
  }
  changes.removed = old.size
  return changes
}

export const isChanged = ({ added, removed, changed }: Changes): boolean => added + removed + changed > 0

export function changeWords({ added, removed, changed }: Changes): string {
  return [added && `新增 ${added} 个`, changed && `修改 ${changed} 个`, removed && `删除 ${removed} 个`].filter(Boolean).join('，')
}

/** percentOf is how far a rescan is; it is 100 only when it is done. */
export function percentOf(run: { state: string; done: number; total: number }): number {
  if (run.state === 'done') return 100
  return run.total === 0 ? 0 : Math.min(99, Math.floor((100 * run.done) / run.total))
}
