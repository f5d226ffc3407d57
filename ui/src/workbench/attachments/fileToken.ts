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

/** fileAddress is where a file can be seen by its school before it is public. */
export async function fileAddress(record: AttachmentRecord): Promise<string> {
  return pb.files.getURL(record, record.file, { token: await fileToken() })
}
