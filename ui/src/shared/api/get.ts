import type { Address } from './openClient.gen'

// Problem is an answer that is not the one asked for. Status 0 means that there
// was no answer at all. Detail is a Chinese sentence for the visitor, or empty.
export class Problem extends Error {
  readonly status: number
  readonly detail: string

  constructor(status: number, detail: string) {
    super(`${status} ${detail}`)
    this.status = status
    this.detail = detail
  }
}

// getJSON asks for one of our own documents. It throws a Problem, or the
// AbortError of the signal.
export async function getJSON<T>(address: Address<T>, signal: AbortSignal): Promise<T> {
  let answer: Response
  try {
    answer = await fetch(address, { headers: { Accept: 'application/json' }, credentials: 'omit', signal })
  } catch (cause) {
    if (signal.aborted) throw cause
    throw new Problem(0, '网络没有连通，请检查网络后重试。')
  }
  if (!answer.ok) throw new Problem(answer.status, await detailOf(answer))
  return (await answer.json()) as T
}

// detailOf reads a problem document (RFC 9457). A proxy may answer anything else.
async function detailOf(answer: Response): Promise<string> {
  try {
    const problem: unknown = await answer.json()
    if (typeof problem === 'object' && problem !== null && 'detail' in problem && typeof problem.detail === 'string') return problem.detail
  } catch {
    // Not JSON: there is nothing in it for the visitor.
  }
  return ''
}
