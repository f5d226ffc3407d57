/// <reference lib="es2022.intl" />
import { diffArrays } from 'diff'
import { minuteOf } from './articleWords'
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
  kind: 'same' | 'added' | 'removed' | 'described'
  /** The words about a picture, where the picture is the same and they are not. */
  alt?: Piece[]
}

/** A version with its files, as it is compared. */
export interface Compared {
  version: VersionRecord
  files: AttachmentRecord[]
}

/** What stands beside the text; the hash of a version covers all of it. */
const lines: [label: string, (version: VersionRecord) => string][] = [
  ['标题', ({ title }) => title],
  ['生成日期', ({ created_on }) => created_on],
  ['原发布日期', ({ originally_on }) => originally_on],
  ['有效期至', ({ valid_until }) => valid_until],
  ['文号', ({ doc_number }) => doc_number],
  ['来源', ({ source }) => source],
  ['公示期', ({ publicity_workdays: days }) => (days ? `${days} 个工作日` : '')],
  ['定时公开', ({ release_at }) => minuteOf(release_at)],
]

/** compareVersions names what differs, word by word; what is equal is left out. */
export function compareVersions(before: Compared, after: Compared, names: string[] = []): Difference[] {
  const rows: Difference[] = lines.map(([label, read]) => ({ label, pieces: compareText(read(before.version), read(after.version)) }))
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

/** compareFiles tells files apart by their content, not by their name, and says where the words about a picture changed. */
export function compareFiles(before: AttachmentRecord[], after: AttachmentRecord[]): FileChange[] {
  const left = [...before]
  const changes = after.map((file): FileChange => {
    const old = takeLike(left, file)
    if (!old) return { name: file.name, kind: 'added' }
    if (old.alt === file.alt) return { name: file.name, kind: 'same' }
    return { name: file.name, kind: 'described', alt: compareText(old.alt, file.alt) }
  })
  return [...left.map(({ name }): FileChange => ({ name, kind: 'removed' })), ...changes]
}

/** takeLike takes the same file out of a list: rather the one that is also described in the same words. */
function takeLike(list: AttachmentRecord[], file: AttachmentRecord): AttachmentRecord | undefined {
  const like = list.filter(({ sha256, name }) => sha256 === file.sha256 && name === file.name)
  const found = like.find(({ alt }) => alt === file.alt) ?? like[0]
  if (found) list.splice(list.indexOf(found), 1)
  return found
}

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
