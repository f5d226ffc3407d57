import type { NamedCode, RegistryCount, RegistryDecided, RegistryLine, RegistryRun } from '../../../shared/api/registry.gen'

/** What accepting and refusing a line is called, and what accepting it does. */
interface KindWords {
  accept: string
  refuse: string
  does: string
}

const kindWords: Record<string, KindWords> = {
  create: { accept: '新增这所学校', refuse: '不新增', does: '开通学校站点和栏目' },
  campus: { accept: '并为校区', refuse: '不接受', does: '记为这所学校的校区' },
  update: { accept: '接受', refuse: '不接受', does: '改成来源的值' },
  rename: { accept: '接受更名', refuse: '不接受', does: '改校名，原名记为曾用名' },
  move: { accept: '接受迁址', refuse: '不接受', does: '改地址和街镇' },
  merge: { accept: '合并', refuse: '不接受', does: '这所学校停办，由承接学校办理未完的事项' },
  split: { accept: '分设', refuse: '不接受', does: '开通分出的学校' },
  close: { accept: '撤销这所学校', refuse: '不接受', does: '页面保留并注明已撤销' },
  reopen: { accept: '恢复这所学校', refuse: '不接受', does: '重新开办' },
  vanish: { accept: '按撤销处理', refuse: '继续保留', does: '页面保留并注明已撤销' },
  conflict: { accept: '采用来源', refuse: '保留本地', does: '改成来源的值，本地更正就此结束' },
}
const ordinary: KindWords = { accept: '接受', refuse: '不接受', does: '' }

export const wordsOf = (kind: string): KindWords => kindWords[kind] ?? ordinary

// What people ask when they see lines of a kind for the first time.
const kindHints: Record<string, string> = {
  conflict: '本地更正已经列在给来源方的更正里。保留本地，等来源改正；采用来源，本地更正就此结束。',
  unsure: '名称相像不等于同一所学校。认定以后会记住，以后读取不再问。',
  bad: '这些行没有使用。导出的表格里列着每一行的问题，可以发给来源方改正；只是写法不同的，在来源的对照表里加上。',
  vanish: '来源连着几次没有这所学校，才能按撤销处理。并入别的学校的，请写明承接学校。',
  merge: '合并以后，这所学校的页面保留并注明去向，没有办完的事项由承接学校接着办理。',
}

/** kindHint is what to know before lines of a kind are decided; nothing where it needs no saying. */
export const kindHint = (kind: string): string => kindHints[kind] ?? ''

/** isHeavy: what is accepted ends a school, or is asked twice for another reason. */
export const isHeavy = (kind: string): boolean => ['merge', 'split', 'close', 'vanish'].includes(kind)

const lineStates: Record<string, string> = { accepted: '已接受', refused: '不接受', postponed: '以后再说', pending: '待处理' }

/** stateWord says how far a line is; isDecided tells that what there is to decide can be decided now. */
export function stateWord(line: RegistryLine, isDecided = true): string {
  if (line.outcome === 'stale') return '没有生效：学校资料已经变了'
  if (line.outcome === 'failed') return '没有生效'
  if (line.kind === 'unsure' && line.choice === 'same') return `已认定是${line.school.name || '本平台的学校'}`
  if (line.kind === 'unsure' && line.choice === 'new') return '已认定是新学校'
  if (line.kind === 'unsure' && line.choice === 'ignore') return '不处理'
  if (line.kind === 'conflict' && line.decision === 'refused') return '保留本地'
  if (line.decision === 'accepted') return line.rule ? `按规则“${line.rule}”自动接受` : '已接受'
  if (line.decision === 'pending' && !line.may_accept && !line.may_refuse && !line.may_choose) return line.kind === 'bad' ? '请来源方改正' : isDecided ? '不用处理' : '还没有处理'
  return lineStates[line.decision] ?? line.decision
}

/** stateClass is the colour of a line. */
export function stateClass(line: RegistryLine): string {
  if (line.outcome === 'stale' || line.outcome === 'failed') return 'is-care'
  return line.decision === 'accepted' ? 'is-good' : 'is-plain'
}

/** runClass is the colour of a state of a run. */
export function runClass(state: string): string {
  if (state === 'applied') return 'is-good'
  return ['stopped', 'failed', 'ready', 'partly'].includes(state) ? 'is-care' : 'is-plain'
}

const occasions: Record<string, string> = { schedule: '定时读取', upload: '上传文件', command: '命令行', person: '' }

/** beganWord says who began a run. */
export function beganWord({ by, occasion, file_name: file }: Pick<RegistryRun, 'by' | 'occasion' | 'file_name'>): string {
  const how = occasions[occasion] ?? ''
  return [by || how, by && how, file && `“${file}”`].filter(Boolean).join('，')
}

/** durationWord is how long a run took; nothing while it runs. */
export function durationWord({ began_at: began, finished_at: ended }: Pick<RegistryRun, 'began_at' | 'finished_at'>): string {
  if (!began || !ended) return ''
  const seconds = Math.round((Date.parse(ended.replace(' ', 'T')) - Date.parse(began.replace(' ', 'T'))) / 1000)
  if (seconds < 1) return '用时不到 1 秒'
  return `用时 ${seconds < 60 ? `${seconds} 秒` : `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`}`
}

/** countsWord is a change set in a line. */
export function countsWord(run: Pick<RegistryRun, 'counts' | 'state' | 'unchanged'>): string {
  if (run.counts.length > 0) return run.counts.map(({ name, total }) => `${name} ${total}`).join('，')
  if (run.state === 'running') return ''
  return run.unchanged ? '来源没有变化' : ['failed', 'cancelled'].includes(run.state) ? '' : '没有变更'
}

/** waitsWord says how much of a change set waits for a person; nothing of one that is laid aside or done. */
export const waitsWord = ({ state, open }: Pick<RegistryRun, 'state' | 'open'>): string => (open > 0 && ['ready', 'partly', 'stopped'].includes(state) ? `${open} 项待处理` : '')

/** countWord is what a chip of a kind says. */
export const countWord = ({ name, total, open }: RegistryCount): string => (open > 0 && open < total ? `${name} ${total}（${open} 待处理）` : `${name} ${total}`)

/** decidedWord says what became of lines that were decided at once. */
export function decidedWord({ applied, refused, stale, failed }: Pick<RegistryDecided, 'applied' | 'refused' | 'stale' | 'failed'>): string {
  const said: [number, string][] = [[applied, '项已生效'], [refused, '项不接受'], [stale, '项没有生效，因为学校资料已经变了'], [failed, '项没有生效，原因写在各项里']]
  const words = said.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`)
  return words.length > 0 ? `${words.join('，')}。` : '已记下。'
}

/** schoolWord is a school with its code. */
export const schoolWord = ({ code, name }: NamedCode): string => (code ? `${name}（${code}）` : name)
