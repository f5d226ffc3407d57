import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Refused} from './send';
import { send } from './send'

const answer = (status: number, body: unknown) => vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }))))

async function refusal(): Promise<Refused> {
  return send('/api/app/track', { number: 'SQ2026-00001', code: 'ABCD2345' }).then(
    () => Promise.reject(new Error('not refused')),
    (cause: unknown) => cause as Refused,
  )
}

describe('a refusal', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('has the sentence of each field', async () => {
    answer(400, { status: 400, message: 'Something went wrong.', data: { phone: { code: 'foi_malformed', message: '电话号码不正确，固定电话请加区号（条例第二十九条）' } } })
    const { fields, detail } = await refusal()
    expect(fields).toEqual({ phone: '电话号码不正确，固定电话请加区号' })
    expect(detail).toBe('电话号码不正确，固定电话请加区号')
  })

  it('tells a step as a whole with its article', async () => {
    answer(400, { message: 'Something went wrong.', data: { do: { code: 'foi_not_now', message: '这件申请已经答复，不能撤回（条例第二十九条）' } } })
    expect(await refusal()).toMatchObject({ fields: {}, detail: '这件申请已经答复，不能撤回（条例第二十九条）' })
  })

  it('says how long to wait', async () => {
    answer(429, { status: 429, message: '编号或查询码输错次数过多，请 15 秒后再试。', data: {} })
    expect(await refusal()).toMatchObject({ status: 429, detail: '编号或查询码输错次数过多，请 15 秒后再试。' })
  })

  it('never shows what is not for the visitor', async () => {
    answer(500, { message: 'sql: database is locked' })
    expect((await refusal()).detail).toBe('服务器暂时没有完成这个请求，请稍后再试。')
    answer(413, '<html>Request Entity Too Large</html>')
    expect((await refusal()).detail).toBe('文件太大，请减少文件或者重新拍照后再试。')
    vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('Failed to fetch'))))
    expect(await refusal()).toMatchObject({ status: 0, detail: '网络没有连通，请检查网络后再试。' })
  })
})

it('keeps secrets out of the address', async () => {
  const fetched = vi.fn(() => Promise.resolve(new Response('{}')))
  vi.stubGlobal('fetch', fetched)
  await send('/api/app/track', { number: 'SQ2026-00001', code: 'ABCD2345' })
  expect(fetched).toHaveBeenCalledWith('/api/app/track', expect.objectContaining({ method: 'POST', credentials: 'omit', cache: 'no-store' }))
  vi.unstubAllGlobals()
})
