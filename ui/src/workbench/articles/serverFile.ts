import { pb } from '../api'
import { saveFile } from '../../shared/page/saveFile'

/** saveRegister hands the 《信息发布审核登记表》 of a version to the browser. */
export const saveRegister = (article: string, version: string): Promise<void> =>
  saveAnswer(`/api/app/articles/${article}/register`, { version }, '审核登记表.docx')

/** saveDossier hands everything kept of an article, as a zip file, to the browser. */
export const saveDossier = (article: string): Promise<void> => saveAnswer(`/api/app/articles/${article}/dossier`, {}, '全部材料.zip')

/** saveEvidence hands everything kept of a request, as a zip file, to the browser. */
export const saveEvidence = (request: string): Promise<void> => saveAnswer(`/api/app/requests/${request}/evidence`, {}, '全部材料.zip')

/**
 * saveAnswer saves what the server answers under the name that the server
 * gives. It throws what pb.send throws; a file that broke off on the way is
 * never saved.
 */
export async function saveAnswer(path: string, query: Record<string, string>, fallback: string, asked: { method: string; body?: FormData | Record<string, unknown> } = { method: 'GET' }): Promise<void> {
  await pb.send(path, {
    ...asked,
    query,
    // The client would read the answer as JSON. It is given what it may read:
    // the server's refusal, or nothing.
    fetch: async (url: RequestInfo | URL, config?: RequestInit) => {
      const answer = await fetch(url, config)
      if (!answer.ok) return answer
      saveFile(nameIn(answer.headers.get('Content-Disposition') ?? '') || fallback, await answer.blob())
      return new Response('null')
    },
  })
}

/** nameIn reads the name out of a Content-Disposition header; nothing where there is none. */
export function nameIn(disposition: string): string {
  try {
    return decodeURIComponent(/filename\*=utf-8''([^;]+)/i.exec(disposition)?.[1] ?? '')
  } catch {
    return ''
  }
}
