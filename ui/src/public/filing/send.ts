import { Problem } from '../../shared/api/get'

// Refused is an answer to something that was sent. Fields holds the sentence of
// each field that is wrong, by its name; it is empty where the detail says all.
export class Refused extends Problem {
  readonly fields: Record<string, string>

  constructor(status: number, detail: string, fields: Record<string, string> = {}) {
    super(status, detail)
    this.fields = fields
  }
}

// send posts to our own routes: a form of several parts, or anything else as JSON.
// Secrets travel in this body only. It throws a Refused.
export async function send<T>(address: string, body: object): Promise<T> {
  const answer = await post(address, body)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

// fetchFile asks for a file with a body, since its secrets do not go into addresses.
export async function fetchFile(address: string, body: object): Promise<Blob> {
  return (await post(address, body)).blob()
}

async function post(address: string, body: object): Promise<Response> {
  const isForm = body instanceof FormData
  let answer: Response
  try {
    answer = await fetch(address, {
      method: 'POST',
      credentials: 'omit',
      cache: 'no-store',
      headers: isForm ? { Accept: 'application/json' } : { Accept: 'application/json', 'Content-Type': 'application/json' },
      body: isForm ? body : JSON.stringify(body),
    })
  } catch {
    throw new Refused(0, '网络没有连通，请检查网络后再试。')
  }
  if (!answer.ok) throw await refusalOf(answer)
  return answer
}

const ownWords: Readonly<Record<number, string>> = {
  404: '没有找到。',
  413: '文件太大，请减少文件或者重新拍照后再试。',
  429: '操作太频繁了，请稍等一分钟再试。',
}

// refusalOf reads PocketBase's form of an error. Its own words are English; ours
// are Chinese, and only those are shown.
async function refusalOf(answer: Response): Promise<Refused> {
  const fields: Record<string, string> = {}
  let detail = ''
  try {
    const { message, data } = (await answer.json()) as { message?: unknown; data?: Record<string, { message?: unknown }> }
    if (typeof message === 'string') detail = message
    Object.entries(data ?? {}).forEach(([field, problem]) => {
      if (typeof problem?.message === 'string') fields[field] = problem.message
    })
    if (fields.do) {
      // it is about the step as a whole
      detail = fields.do
      delete fields.do
    }
    // whoever fills in a form does not need the article that each field rests on
    Object.keys(fields).forEach((field) => (fields[field] = fields[field]!.replace(/（条例[^（）]*）$/, '')))
  } catch {
    // A proxy's page: there is nothing in it for the visitor.
  }
  if (!/[\u4e00-\u9fff]/.test(detail)) {
    const field = Object.values(fields)[0]
    detail = field ?? ownWords[answer.status] ?? '服务器暂时没有完成这个请求，请稍后再试。'
  }
  return new Refused(answer.status, detail, fields)
}
