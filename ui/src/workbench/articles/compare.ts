/// <reference lib="es2022.intl" />
import { diffArrays } from 'diff'
import { pairsToRead } from './facts'
import type { AttachmentRecord, VersionRecord } from '../types'

/** A piece of text that both versions have, or only one of them. */
export interface Piece {
  text: string
  kind: 'same' | 'added' | 'removed'
}

export interface Difference {
  label: string
  pieces: Piece[]
}

export interface FileChange {
  name: string
  kind: 'same' | 'added' | 'removed'
}

/** A version with its files, as it is compared. */
export interface Compared {
  version: VersionRecord
  files: AttachmentRecord[]
}

const labels = [
  ['title', '标题'], ['created_on', '生成日期'], ['valid_until', '有效期至'], ['doc_number', '文号'], ['source', '来源'], ['publicity_workdays', '公示期（工作日）'],
] as const

/** compareVersions names what differs, word by word; what is equal is left out. */
export function compareVersions(before: Compared, after: Compared, names: string[] = []): Difference[] {
  const rows: Difference[] = labels.map(([field, label]) => ({ label, pieces: compareText(textOf(before.version[field]), textOf(after.version[field])) }))
  rows.push({ label: '栏目要素', pieces: compareText(factsText(before.version, names), factsText(after.version, names)) })
  rows.push({ label: '正文', pieces: compareText(linesOf(before.version.body), linesOf(after.version.body)) })
  return rows.filter(({ pieces }) => pieces.some(({ kind }) => kind !== 'same'))
}

/** compareText compares by Chinese words where the browser can tell them apart, else by characters. */
export function compareText(before: string, after: string): Piece[] {
  return diffArrays(wordsOf(before), wordsOf(after)).map(({ value, added, removed }) => ({ text: value.join(''), kind: added ? 'added' : removed ? 'removed' : 'same' }))
}

function wordsOf(text: string): string[] {
  const Words = (Intl as Partial<typeof Intl>).Segmenter
  return Words ? Array.from(new Words('zh', { granularity: 'word' }).segment(text), ({ segment }) => segment) : Array.from(text)
}

/** compareFiles tells files apart by their content, not by their name. */
export function compareFiles(before: AttachmentRecord[], after: AttachmentRecord[]): FileChange[] {
  const has = (list: AttachmentRecord[], file: AttachmentRecord) => list.some((other) => other.sha256 === file.sha256 && other.name === file.name)
  const gone = before.filter((file) => !has(after, file)).map(({ name }) => ({ name, kind: 'removed' as const }))
  return [...gone, ...after.map((file) => ({ name: file.name, kind: has(before, file) ? ('same' as const) : ('added' as const) }))]
}

const textOf = (value: string | number): string => (value ? String(value) : '')
const factsText = (version: VersionRecord, names: string[]): string =>
  (Array.isArray(version.facts) ? version.facts : []).map((row) => pairsToRead(row, names).map(([name, value]) => `${name}：${value}`).join('，')).join('\n')

const blocks = 'p,h2,h3,h4,li,tr,figcaption,pre,img'

/** linesOf writes rich text as lines: a paragraph, a row of a table, a picture each. */
export function linesOf(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const lines = [...page.body.querySelectorAll(blocks)].filter((block) => block.matches('img,tr') || !block.closest('tr')).map(lineOf)
  return (lines.length > 0 ? lines : [page.body.textContent ?? '']).filter(Boolean).join('\n')
}

function lineOf(block: Element): string {
  if (block.matches('img')) return `［图片：${block.getAttribute('alt') ?? ''}］`
  if (block.matches('tr')) return [...block.children].map((cell) => cell.textContent?.trim() ?? '').join(' | ')
  // A list item's own text, without the items of the list inside it.
  if (block.matches('li') && block.querySelector('p,li')) return ''
  return block.textContent?.trim() ?? ''
}
