import { pb } from '../api'
import type { AttachmentRecord } from '../types'

// Files are protected: PocketBase shows one only with a token of two minutes.
const keepFor = 90_000
let token: Promise<string> | null = null
let since = 0

function fileToken(now = Date.now()): Promise<string> {
  if (!token || now - since > keepFor) {
    since = now
    token = pb.files.getToken()
    token.catch(() => (token = null))
  }
  return token
}

/** openFile shows a file that is not public in a tab of its own. */
export async function openFile(address: () => Promise<string>): Promise<void> {
  const tab = window.open('', '_blank') // before waiting: Safari blocks a window that opens later
  if (!tab) return
  tab.opener = null
  tab.location.href = await address()
}

/** fileAddress is where a file can be seen by its school before it is public. */
export async function fileAddress(record: AttachmentRecord): Promise<string> {
  return pb.files.getURL(record, record.file, { token: await fileToken() })
}
