import { ClientResponseError } from 'pocketbase'
import { describe, expect, it } from 'vitest'
import { isTemporary, messageFor, problemOf } from './problem'

const answered = (status: number, response: Record<string, unknown> = {}) => new ClientResponseError({ status, response })

describe('problemOf', () => {
  it.each([
    ['no network', 0, {}, '连接不上服务器，请检查网络后重试。'],
    ['a locked account keeps the sentence of the server', 429, { message: '账号已锁定，请 15 分钟后再试' }, '账号已锁定，请 15 分钟后再试'],
    ['an English sentence is never shown', 404, { message: "The requested resource wasn't found." }, '找不到这条信息，可能已被删除，或不属于您的学校。'],
    ['any failure of the server', 502, {}, '服务器暂时出错，请稍后重试。'],
    ['anything else', 400, { message: 'Something went wrong.' }, '操作没有成功，请检查后重试。'],
    ['field errors are counted', 400, { message: 'Failed.', data: { title: { code: 'x', message: '请填写标题' }, body: { code: 'y' } } }, '有 2 处需要修改'],
    ['an illegal step is the summary', 400, { data: { action: { code: 'publication_illegal_step', message: '“草稿”的信息不能撤回' } } }, '“草稿”的信息不能撤回'],
    ['so is what is about the whole record', 400, { data: { id: { code: 'attachment_is_used', message: '已发布的版本用到这个附件' } } }, '已发布的版本用到这个附件'],
  ])('%s', (_, status, response, want) => {
    expect(problemOf(answered(status, response)).summary).toBe(want)
  })

  it.each([
    ['the sentence of a hook', { code: 'publication_title_missing', message: '请填写标题' }, '请填写标题'],
    ['a known check of PocketBase in Chinese', { code: 'validation_required', message: 'Cannot be blank.' }, '请填写此项'],
    ['an unknown check', { code: 'validation_odd', message: 'Odd.' }, '填写有误，请检查'],
  ])('at a field: %s', (_, raw, want) => {
    expect(messageFor(problemOf(answered(400, { data: { title: raw } })), 'title')).toBe(want)
  })

  it('lists the fields in the order of the form', () => {
    const data = { body: { message: '空' }, facts: { message: '空' }, title: { message: '空' } }
    expect(problemOf(answered(400, { data })).fields.map(({ field }) => field)).toEqual(['title', 'facts', 'body'])
  })

  it('does not show what a program says', () => {
    expect(problemOf(new TypeError('x is undefined')).summary).toBe('页面出错了，请刷新后重试。')
  })

  it('knows what is worth trying again', () => {
    expect([0, 400, 403, 429, 500].map((status) => isTemporary(problemOf(answered(status))))).toEqual([true, false, false, true, true])
  })
})
