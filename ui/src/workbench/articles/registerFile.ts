import { pb } from '../api'

/**
 * saveRegister fetches the 《信息发布审核登记表》 of a version and hands it to the
 * browser under the name that the server gives. It throws what pb.send throws.
 */
export async function saveRegister(article: string, version: string): Promise<void> {
  let file = null as { name: string; data: Blob } | null
  // The client reads every answer as JSON and keeps nothing of a file; what it
  // does about sign-in and errors is kept by looking at the answer first.
  await pb.send(`/api/app/articles/${article}/register`, {
    method: 'GET',
    query: { version },
    fetch: async (url: RequestInfo | URL, config?: RequestInit) => {
      const answer = await fetch(url, config)
      if (answer.ok) file = { name: fileNameOf(answer.headers.get('Content-Disposition') ?? ''), data: await answer.clone().blob() }
      return answer
    },
  })
  if (file) save(file)
}

/** fileNameOf reads the name out of a Content-Disposition header. */
export function fileNameOf(disposition: string): string {
  const encoded = /filename\*=utf-8''([^;]+)/i.exec(disposition)?.[1]
  try {
    return encoded ? decodeURIComponent(encoded) : fallback
  } catch {
    return fallback
  }
}

const fallback = '审核登记表.docx'

function save({ name, data }: { name: string; data: Blob }) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(data)
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000) // older browsers read it after the click
}
