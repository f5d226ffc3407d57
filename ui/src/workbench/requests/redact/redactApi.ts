import { ClientResponseError } from 'pocketbase'
import { pb } from '../../api'
import type { FileLine } from '../../../shared/api/requests.gen'

const pathOf = (request: string, file: string) => `/api/app/requests/${request}/files/${file}`

/**
 * fetchPage is the picture of a page, as a data: address: the policy of the site
 * shows no blob:. It throws what pb.send throws.
 */
export async function fetchPage(request: string, file: string, page: number, width: number, signal: AbortSignal): Promise<string> {
  let picture = ''
  await pb.send(`${pathOf(request, file)}/pages/${page}`, {
    method: 'GET',
    query: { width },
    signal,
    fetch: async (url: RequestInfo | URL, config?: RequestInit) => {
      const answer = await fetch(url, config)
      if (!answer.ok) return answer
      picture = await dataAddress(await answer.blob())
      return new Response('null')
    },
  })
  return picture
}

function dataAddress(content: Blob): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader()
    reader.onload = () => done(reader.result as string)
    reader.onerror = () => fail(reader.error)
    reader.readAsDataURL(content)
  })
}

/** What the copy is made of. */
export interface CopyOrder {
  areas: { page: number; x: number; y: number; w: number; h: number }[]
  name: string
}

/** One line of the answer: how far the work is, the finished copy, or why there is none. */
interface Line {
  done: number
  pages: number
  file?: FileLine
  error?: string
}

/** makeCopy makes the redacted copy, tells how many pages are done and can be cancelled. It throws what pb.send throws. */
export async function makeCopy(request: string, file: string, order: CopyOrder, signal: AbortSignal, onProgress: (done: number, pages: number) => void): Promise<FileLine> {
  const path = `${pathOf(request, file)}/redact`
  let last: Line | null = null
  await pb.send(path, {
    method: 'POST',
    body: order,
    signal,
    fetch: async (url: RequestInfo | URL, config?: RequestInit) => {
      const answer = await fetch(url, config)
      if (!answer.ok || !answer.body) return answer
      await eachLine(answer.body, (text) => {
        last = JSON.parse(text) as Line
        onProgress(last.done, last.pages)
      })
      return new Response('null')
    },
  })
  const { file: copy, error } = (last ?? {}) as Partial<Line>
  if (copy) return copy
  // an answer that broke off is a lost network
  throw new ClientResponseError({ url: path, status: error ? 400 : 0, data: { message: error } })
}

/** eachLine reads lines as they come. */
export async function eachLine(body: ReadableStream<Uint8Array>, on: (line: string) => void): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    rest += decoder.decode(value, { stream: !done })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    lines.filter(Boolean).forEach(on)
    if (done) break
  }
  if (rest) on(rest)
}
