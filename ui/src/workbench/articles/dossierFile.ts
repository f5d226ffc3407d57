import { pb } from '../api'
import { saveFile } from '../page/saveFile'

/**
 * saveDossier fetches everything kept of an article as a zip file and hands it
 * to the browser under the name that the server gives. It throws what pb.send
 * throws; a file that broke off on the way is never saved.
 */
export async function saveDossier(article: string): Promise<void> {
  await pb.send(`/api/app/articles/${article}/dossier`, {
    method: 'GET',
    // The client would read the answer as JSON. It is given what it may read:
    // the server's refusal, or nothing.
    fetch: async (url: RequestInfo | URL, config?: RequestInit) => {
      const answer = await fetch(url, config)
      if (!answer.ok) return answer
      saveFile(dossierName(answer.headers.get('Content-Disposition') ?? ''), await answer.blob())
      return new Response('null')
    },
  })
}

const fallback = '全部材料.zip'

/** dossierName reads the name out of a Content-Disposition header. */
export function dossierName(disposition: string): string {
  const encoded = /filename\*=utf-8''([^;]+)/i.exec(disposition)?.[1]
  try {
    return encoded ? decodeURIComponent(encoded) : fallback
  } catch {
    return fallback
  }
}
