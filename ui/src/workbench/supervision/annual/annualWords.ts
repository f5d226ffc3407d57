import type { AnnualDesk, AnnualLine } from '../../../shared/api/annual.gen'

/** lookOf is how a state or a judgement looks; the words beside it say the same. */
export const lookOf = (code: string): string =>
  ({ published: 'is-good', on_time: 'is-good', ready: 'is-care', returned: 'is-care', withdrawn: 'is-care', late: 'is-care', missing: 'is-care' })[code] ?? 'is-plain'

/** lettersOf counts as the server does: without spaces. */
export const lettersOf = (text: string): number => [...text.replace(/\s/g, '')].length

/** nextWord tells the person what happens next with a report. */
export function nextWord(desk: AnnualDesk): string {
  const due = desk.due_on
  if (desk.school === 'all') return '全区的表格由各校的数字相加，随时可以下载。文字由教育局选写，不需要签发。'
  if (desk.elsewhere && desk.state === 'published') return '本年度的报告已经在“信息公开年度报告”栏目公开，不是在这里写的。'
  if (desk.may_sign) return '请核对下面的预览，没有问题就签发；签发后自动送初审和保密审查，通过后在“信息公开年度报告”栏目公开。'
  if (desk.state === 'ready' && desk.wrote && !desk.may_write) return '您参与了撰写，要由没有参与撰写的校长或者代理人签发。'
  switch (desk.state) {
    case 'not_begun':
      return desk.may_write ? `数字已经由系统填好，请按提示写文字，写完报请校长签发。${due} 前要公开。` : `还没有开始写。${due} 前要公开。`
    case 'writing':
      return desk.may_write ? `请把各部分写完、保存，再报请校长签发。${due} 前要公开。` : `正在撰写。${due} 前要公开。`
    case 'ready':
      return '已经报请签发，等校长签发或者退回。'
    case 'returned':
      return desk.may_write ? '被退回修改。请看下面“办理经过”里的原因，或者信息页上的审核意见，改好后再报请签发。' : '被退回修改，正在改。'
    case 'in_review':
      return '已经签发，正在审核。审核通过后自动公开；需要修改的，先在信息页撤回送审。'
    case 'withdrawn':
      return '公开的报告已经撤回。请改好后重新报请签发。'
    default:
      return desk.may_present ? '公开的报告有修改，报请签发后重新审核，通过后替换原来的。' : '已经公开。'
  }
}

/** Filters of the bureau's list. */
export const filters = [
  { key: '', label: '全部', has: () => true },
  { key: 'missing', label: '逾期未公开', has: (line: AnnualLine) => line.timeliness === 'missing' },
  { key: 'late', label: '逾期公开', has: (line: AnnualLine) => line.timeliness === 'late' },
  { key: 'on_time', label: '按时公开', has: (line: AnnualLine) => line.timeliness === 'on_time' },
  { key: 'not_begun', label: '未开始', has: (line: AnnualLine) => line.state === 'not_begun' },
  { key: 'writing', label: '撰写中', has: (line: AnnualLine) => ['writing', 'returned', 'withdrawn'].includes(line.state) },
  { key: 'ready', label: '待签发', has: (line: AnnualLine) => line.state === 'ready' },
  { key: 'in_review', label: '审核中', has: (line: AnnualLine) => line.state === 'in_review' },
] as const

/** filtered are the lines that a filter shows; an unknown one shows all. */
export function filtered(lines: readonly AnnualLine[], key: string): AnnualLine[] {
  const filter = filters.find((one) => one.key === key) ?? filters[0]
  return lines.filter((line) => filter.has(line))
}
