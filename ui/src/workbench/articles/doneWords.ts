import { actionNames, minuteOf } from './articleWords'
import type { ArticleDesk, ArticleRecord, StepAction } from '../types'

/** doneWords says what became of a step, and who is asked next. */
export function doneWords(action: StepAction, article: Pick<ArticleRecord, 'release_at' | 'published' | 'pending'>, desk: Pick<ArticleDesk, 'stage' | 'next'>): [strong: string, more: string] {
  const next = desk.next.length > 0 ? `下一步由${desk.next.map(({ name }) => name).join('、')}办理。` : ''
  switch (action) {
    case 'submit':
      return ['已提交审核。', next]
    case 'recall':
      return ['已撤回送审。', '可以继续修改，改好后重新提交。']
    case 'approve':
      return ['已通过。', next]
    case 'clear':
      return desk.stage === 'released' ? ['保密审查通过。', article.release_at ? `将于 ${minuteOf(article.release_at)} 公开。` : ''] : ['保密审查通过，已对社会公开。', '']
    case 'return':
      return ['已退回。', '编辑员会看到原因，修改后要重新审核。']
    case 'withhold':
      return ['已决定不予公开。', '决定和依据已记入审查记录。']
    case 'refer':
      return ['已提请区级确定。', next]
    case 'withdraw':
    case 'take_down':
      return [`已${action === 'withdraw' ? '撤回' : '紧急撤下'}。`, '公开网站上只显示撤回时间和原因。']
    case 'confirm':
      return ['已记下核对时间。', '公开日期不变。']
    default:
      return [`已${actionNames[action]}。`, '']
  }
}
